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
  private static final int PARTS = 3;

  /**
   * Returns the route of a path, or null when it names no transport.
   *
   * @param base the resource between slashes
   */
  static @Nullable Route of(String base, String path) {
    if (!path.startsWith(base)) {
      return null;
    }
    String[] parts = path.substring(base.length()).split("/", PARTS);
    SocketIOTransport transport = SocketIOTransport.of(parts[0]);
    if (transport == null) {
      return null;
    }
    String id = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : null;
    return new Route(
        transport, id, transport == SocketIOTransport.JSONP_POLLING ? lastNumber(path) : null);
  }

  private static @Nullable String lastNumber(String path) {
    Matcher number = LAST_NUMBER.matcher(path);
    return number.find() ? number.group(1) : null;
  }
}
