// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import io.socketcluster.socketio.SocketIOTransport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a path: {@code /RESOURCE/TRANSPORT[/ID[/anything]]}. An empty id is none.
 *
 * @param id the session, or null for a new one
 * @param script the number of the script that waits for the answer of jsonp-polling, or null
 */
record Route(SocketIOTransport transport, @Nullable String id, @Nullable String script) {
  private static final Pattern LAST_NUMBER = Pattern.compile("/([0-9]{1,15})/?$");

  /**
   * Returns the route of a path, or null when it names no transport.
   *
   * @param base the resource between slashes
   */
  static @Nullable Route of(String base, String path) {
    SocketIOTransport transport = transport(base, path);
    if (transport == null) {
      return null;
    }
    int begin = endOfPart(path, base.length()) + 1;
    int end = endOfPart(path, begin);
    return new Route(
        transport,
        begin < end ? path.substring(begin, end) : null,
        transport == SocketIOTransport.JSONP_POLLING ? lastNumber(path) : null);
  }

  /** Returns whether a path names a transport. */
  static boolean isOne(String base, String path) {
    return transport(base, path) != null;
  }

  private static @Nullable SocketIOTransport transport(String base, String path) {
    return path.startsWith(base)
        ? SocketIOTransport.of(path.substring(base.length(), endOfPart(path, base.length())))
        : null;
  }

  private static int endOfPart(String path, int begin) {
    int slash = path.indexOf('/', begin);
    return slash < 0 ? path.length() : slash;
  }

  private static @Nullable String lastNumber(String path) {
    Matcher number = LAST_NUMBER.matcher(path);
    return number.find() ? number.group(1) : null;
  }
}
