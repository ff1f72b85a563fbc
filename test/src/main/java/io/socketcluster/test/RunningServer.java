// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import io.socketcluster.protocol.errors.SocketProtocolError;
import io.socketcluster.server.AGServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that JUnit closes at the end of the test or class that it was started for. */
final class RunningServer implements AutoCloseable {
  private final AGServer agServer;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  RunningServer(AGServer agServer, boolean failsOnErrors) {
    this.agServer = agServer;
    if (failsOnErrors) {
      agServer.listener(AGServer.ERROR).consume(failure -> note(failure.error()), Runnable::run);
      agServer
          .listener(AGServer.WARNING)
          .consume(warning -> note(warning.warning()), Runnable::run);
    }
    if (!agServer.isServing()) {
      agServer.listen(0);
    }
  }

  /** A connection that ended with a code of an error is no fault of the application. */
  private void note(Throwable failure) {
    if (!(failure instanceof SocketProtocolError)) {
      failures.add(failure);
    }
  }

  AGServer agServer() {
    return agServer;
  }

  @Override
  public void close() {
    agServer.close().join();
    if (!failures.isEmpty()) {
      AssertionError error =
          new AssertionError(
              "The server emitted " + failures.size() + " errors: " + failures.getFirst());
      failures.forEach(error::addSuppressed);
      throw error;
    }
  }
}
