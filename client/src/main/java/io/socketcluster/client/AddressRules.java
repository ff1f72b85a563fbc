// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the parts of an address and the fields of a request may look like. */
final class AddressRules {
  /** A token of RFC 9110, 5.6.2. */
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern FIELD_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  /** A name, or an address of version 6 and perhaps its zone. */
  private static final Pattern HOSTNAME =
      Pattern.compile("[\\w.~-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.~-]+)?");

  /** Segments of RFC 3986, 3.3. */
  private static final Pattern PATH = Pattern.compile("(/|[\\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+");

  /** The fields that the upgrade itself sends. */
  private static final Set<String> UPGRADE_FIELDS = caseInsensitive();

  private AddressRules() {}

  private static Set<String> caseInsensitive() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(
        List.of(
            "Host",
            "Upgrade",
            "Connection",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Extensions",
            "Content-Length",
            "Transfer-Encoding"));
    return names;
  }

  static boolean isHostname(@Nullable String value) {
    return value != null && HOSTNAME.matcher(value).matches();
  }

  static boolean isPath(String value) {
    return value.startsWith("/") && PATH.matcher(value).matches();
  }

  /** Returns the first name that no field of a request may have, or null. */
  static @Nullable String badName(Map<String, List<String>> fields) {
    return first(
        fields,
        (name, values) -> !FIELD_NAME.matcher(name).matches() || UPGRADE_FIELDS.contains(name));
  }

  /** Returns the name of the first field whose value is on more than one line, or null. */
  static @Nullable String badValue(Map<String, List<String>> fields) {
    return first(
        fields,
        (name, values) -> !values.stream().allMatch(each -> FIELD_VALUE.matcher(each).matches()));
  }

  private static @Nullable String first(
      Map<String, List<String>> fields, BiPredicate<String, List<String>> isBad) {
    return fields.entrySet().stream()
        .filter(field -> isBad.test(field.getKey(), field.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }
}
