// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers the offers of a client to compress messages (RFC 7692, 7.1). */
public final class DeflateOffers {
  private static final String NAME = "permessage-deflate";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String LARGEST_WINDOW = "15";
  private static final Pattern WINDOW = Pattern.compile("[89]|1[0-5]");

  /** A frame that many share cannot depend on what each of them was sent before. */
  private static final String ANSWER =
      NAME + "; server_no_context_takeover; client_no_context_takeover";

  private DeflateOffers() {}

  /** Returns the answer to the first offer that can be accepted, or null. */
  public static @Nullable String accept(List<String> headers) {
    for (String header : headers) {
      for (String offer : split(header.toLowerCase(Locale.ROOT), ',')) {
        String answer = answer(split(offer, ';'));
        if (answer != null) {
          return answer;
        }
      }
    }
    return null;
  }

  private static @Nullable String answer(List<String> offer) {
    if (!offer.getFirst().equals(NAME)) {
      return null;
    }
    Set<String> names = new HashSet<>();
    for (String parameter : offer.subList(1, offer.size())) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals).strip();
      String value = equals < 0 ? null : unquoted(parameter.substring(equals + 1).strip());
      if (!isAcceptable(name, value) || !names.add(name)) {
        return null;
      }
    }
    return names.contains(SERVER_WINDOW)
        ? ANSWER + "; " + SERVER_WINDOW + "=" + LARGEST_WINDOW
        : ANSWER;
  }

  /** The compressor of the JDK has one window, so a client that asks for a smaller gets none. */
  private static boolean isAcceptable(String name, @Nullable String value) {
    return switch (name) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
      case "client_max_window_bits" -> value == null || WINDOW.matcher(value).matches();
      case SERVER_WINDOW -> LARGEST_WINDOW.equals(value);
      default -> false;
    };
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (c == separator && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
