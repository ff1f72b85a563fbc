// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback;

import io.socketcluster.http.fallback.internal.FallbackDoor;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.spi.HttpTransports;

/**
 * Serves SocketCluster clients in browsers over server-sent events and POST where a proxy breaks
 * WebSockets, on the port of a server. Their sockets share its channels, events and middleware with
 * all others.
 *
 * <pre>{@code
 * AGServer server = SocketCluster.create(options);
 * HttpFallback.mount(server, HttpFallbackOptions.builder().build());
 * server.listen(8000);
 * }</pre>
 *
 * <p>A page loads the script {@code /socketcluster-http/fallback.js} before {@code
 * socketcluster-client}. The script stands in for the browser's WebSocket.
 */
public final class HttpFallback {
  private HttpFallback() {}

  /**
   * Adds the path of the options to a server. Connections that come afterwards can use it. Several
   * paths can be mounted, for endpoints with different codecs.
   *
   * @throws InvalidArgumentsError when the server was not made by this library
   */
  public static void mount(AGServer server, HttpFallbackOptions options) {
    HttpTransports.mount(server, new FallbackDoor(server, options));
  }
}
