// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/** The path of a request as it is compared with that of an endpoint: neither decoded nor tidied. */
public final class RequestPath {
  private static final String SLASH = "/";

  /** What a URI writes as an escape in a path, besides controls and what is not ASCII. */
  private static final String ESCAPED = " \"<>^`{|}";

  private RequestPath() {}

  /**
   * Returns the path of a request target, which is a whole URI when a proxy was addressed (RFC
   * 9112, 3.2.2). What follows a question mark is left out.
   */
  public static String of(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    if (path.startsWith(SLASH)) {
      return path;
    }
    int authority = path.indexOf("://");
    if (authority < 0) {
      return path;
    }
    int begin = path.indexOf('/', authority + 3);
    return begin < 0 ? SLASH : path.substring(begin);
  }

  /** Returns the path with a slash at its end if it has none, else without it. */
  public static String withOtherEnd(String path) {
    if (path.equals(SLASH)) {
      return path;
    }
    return path.endsWith(SLASH) ? path.substring(0, path.length() - 1) : path + SLASH;
  }

  /** Returns the path as clients write it, who escape what a URI cannot have. */
  public static String escaped(String path) {
    StringBuilder escaped = new StringBuilder(path.length());
    for (byte each : path.getBytes(UTF_8)) {
      int value = each & 0xFF;
      if (value <= 0x20 || value >= 0x7F || ESCAPED.indexOf(value) >= 0) {
        escaped.append(String.format(Locale.ROOT, "%%%02X", value));
      } else {
        escaped.append((char) value);
      }
    }
    return escaped.toString();
  }
}
