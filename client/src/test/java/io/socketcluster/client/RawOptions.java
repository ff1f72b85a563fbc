// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.testkit.RawServer;
import java.time.Duration;

/**
 * Options for a socket that does not connect by itself at first, and returns soon when it is lost.
 */
final class RawOptions {
  private RawOptions() {}

  static AGClientOptions.Builder of(RawServer server) {
    return of(server.port());
  }

  static AGClientOptions.Builder of(int port) {
    return AGClientOptions.builder()
        .hostname("127.0.0.1")
        .port(port)
        .autoConnect(false)
        .autoReconnectOptions(
            new AutoReconnectOptions(
                Duration.ofMillis(10), Duration.ZERO, 1, Duration.ofMillis(100)));
  }
}
