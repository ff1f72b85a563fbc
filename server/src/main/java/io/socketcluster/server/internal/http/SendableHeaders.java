// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Header fields that have been checked: answers that share them need not check them again.
 * Immutable.
 */
public final class SendableHeaders extends AbstractMap<String, List<String>> {
  private static final String NAME_MARKS = "!#$%&'*+.^_`|~-";
  private static final int DELETE = 0x7F;
  private static final int LAST_OF_LATIN_1 = 0xFF;

  /** A response has its own. */
  private static final Set<AsciiString> FRAMING =
      Set.of(
          HttpHeaderNames.CONNECTION,
          HttpHeaderNames.CONTENT_LENGTH,
          HttpHeaderNames.TRANSFER_ENCODING);

  private final Map<String, List<String>> fields;
  private volatile @Nullable List<Line> lines; // made by the first response

  /** A field of a response, as it is sent. */
  private record Line(AsciiString name, AsciiString value) {}

  private SendableHeaders(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /**
   * Returns these fields, or a copy if somebody else could change them.
   *
   * @throws IllegalArgumentException when a field cannot be sent
   */
  public static SendableHeaders of(Map<String, List<String>> fields) {
    if (fields instanceof SendableHeaders checked) {
      return checked;
    }
    Map<String, List<String>> copy = RequestHeaders.copyOf(fields);
    copy.forEach((name, values) -> values.forEach(value -> requireSendable(name, value)));
    return new SendableHeaders(copy);
  }

  /** Adds the fields to those of a response, but for those of its framing. */
  public void addTo(HttpHeaders response) {
    List<Line> known = lines;
    if (known == null) {
      known = linesOf(fields);
      lines = known;
    }
    for (int i = 0; i < known.size(); i++) {
      Line line = known.get(i);
      response.add(line.name, line.value);
    }
  }

  private static List<Line> linesOf(Map<String, List<String>> fields) {
    List<Line> lines = new ArrayList<>();
    fields.forEach(
        (name, values) -> {
          AsciiString lower = new AsciiString(name).toLowerCase();
          if (!FRAMING.contains(lower)) {
            values.forEach(value -> lines.add(new Line(new AsciiString(name), latin(value))));
          }
        });
    return List.copyOf(lines);
  }

  private static AsciiString latin(String value) {
    return new AsciiString(value.getBytes(ISO_8859_1), false);
  }

  private static void requireSendable(String name, String value) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a header is named \"" + name + "\"; allowed: the letters of a token of RFC 9110");
    }
    if (!isValue(value)) {
      throw new IllegalArgumentException(
          "the header "
              + name
              + " has control characters or others than those of ISO 8859-1;"
              + " allowed: tabs, spaces and visible characters");
    }
  }

  /** No regular expression: this is done for many answers. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isOfName(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isOfName(int each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || NAME_MARKS.indexOf(each) >= 0;
  }

  private static boolean isValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      boolean isVisible = each >= ' ' && each != DELETE && each <= LAST_OF_LATIN_1;
      if (!isVisible && each != '\t') {
        return false;
      }
    }
    return true;
  }

  @Override
  public Set<Map.Entry<String, List<String>>> entrySet() {
    return fields.entrySet();
  }

  @Override
  public @Nullable List<String> get(@Nullable Object name) {
    return name == null ? null : fields.get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name != null && fields.containsKey(name);
  }
}
