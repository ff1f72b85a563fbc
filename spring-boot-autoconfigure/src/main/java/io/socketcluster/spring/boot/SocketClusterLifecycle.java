// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Listens last and drains first: when the application stops, readiness already refuses traffic, and
 * the port of the application is still open, so that every socket gets its close frame.
 */
final class SocketClusterLifecycle implements SmartLifecycle {
  private final AGServer server;
  private final @Nullable Integer port;
  private volatile boolean isRunning;

  /**
   * @param port null if the server shares the port of the application
   */
  SocketClusterLifecycle(AGServer server, @Nullable Integer port) {
    this.server = server;
    this.port = port;
  }

  @Override
  public void start() {
    if (port != null) {
      server.listen(port);
    }
    isRunning = true;
  }

  @Override
  public void stop() {
    server.close().join();
    isRunning = false;
  }

  @Override
  public void stop(Runnable stopped) {
    server
        .close()
        .whenComplete(
            (done, failure) -> {
              isRunning = false;
              stopped.run();
            });
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}
