// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The answers of workers to new clients. */
final class Answers {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Answers() {}

  /** Returns a client that is to be connected, and does not reconnect. */
  static AGClientSocket client(int port) {
    return SocketClusterClient.create(
        AGClientOptions.builder().port(port).autoConnect(false).autoReconnect(false).build());
  }

  /** Asks the worker of a client which one it is. */
  static CompletableFuture<Long> pidOf(AGClientSocket socket) {
    return socket.invoke(BenchWorker.PID, null).thenApply(pid -> pid.longValue(0));
  }

  /** Connects one client after the other for some time. */
  static void connect(int port, Duration time) throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < time.toNanos()) {
      firstAnswer(port);
      Thread.sleep(PAUSE);
    }
  }

  /**
   * Connects one client after the other until one is answered by a worker that is not known.
   *
   * @return the process id of that worker
   */
  static long awaitNewWorker(int port, Set<Long> known) throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < LIMIT.toNanos()) {
      long pid = firstAnswer(port);
      if (pid > 0 && !known.contains(pid)) {
        return pid;
      }
      Thread.sleep(PAUSE);
    }
    throw new IllegalStateException("No new worker answers");
  }

  /** Returns the process id that a new client is told, or 0: the worker may be the dead one. */
  private static long firstAnswer(int port) throws InterruptedException {
    AGClientSocket socket = client(port);
    try {
      socket.connect();
      return pidOf(socket).get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return 0;
    } finally {
      socket.disconnect();
    }
  }
}
