// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.session.DefaultServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends the sockets of a server away, so many in a second that those who take them are not overrun,
 * and cuts what is left at the deadline. Blocks the thread that runs it.
 */
final class Drain {
  private static final int BATCHES_PER_SECOND = 50;

  /** The last one is asked to leave after half of the time, so that it has the other half. */
  private static final double SHARE_FOR_PACE = 0.5;

  private final SocketRegistry sockets;
  private final OpenConnections connections;
  private final Duration delay;
  private final Duration timeout;
  private final int rate;

  Drain(AGServerOptions options, SocketRegistry sockets, OpenConnections connections) {
    this.sockets = sockets;
    this.connections = connections;
    this.delay = options.closeDelay();
    this.timeout = options.closeTimeout();
    this.rate = options.closeRate();
  }

  /**
   * Returns when no connection is left.
   *
   * @param stopAccepting is run when the delay is over: no socket comes after that
   */
  void run(Runnable stopAccepting) {
    try {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
      stopAccepting.run();
      long deadline = System.nanoTime() + timeout.toNanos();
      sendAway(sockets.all());
      connections.whenNone().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      cut();
    } catch (InterruptedException e) {
      stopAccepting.run();
      cut();
    } catch (ExecutionException e) {
      throw new AssertionError("Nothing fails here", e);
    }
  }

  /** Returns how many sockets leave in a batch: more than the rate says if time is short. */
  private int batchSize(int count) {
    double seconds = timeout.toNanos() * SHARE_FOR_PACE / TimeUnit.SECONDS.toNanos(1);
    double perSecond = Math.max(rate, count / seconds);
    return (int) Math.min(count, Math.ceil(perSecond / BATCHES_PER_SECOND));
  }

  private void sendAway(List<DefaultServerSocket> all) throws InterruptedException {
    if (timeout.isZero()) {
      return;
    }
    int batchSize = batchSize(all.size());
    long nextBatch = System.nanoTime();
    for (int i = 0; i < all.size(); i++) {
      if (i > 0 && i % batchSize == 0) {
        nextBatch += TimeUnit.SECONDS.toNanos(1) / BATCHES_PER_SECOND;
        TimeUnit.NANOSECONDS.sleep(nextBatch - System.nanoTime());
      }
      all.get(i).leave();
    }
  }

  /** Closes at once what is still open, and returns when it is. */
  void cut() {
    sockets.all().forEach(DefaultServerSocket::leaveNow);
    connections.terminateAll();
    connections.whenNone().join();
  }
}
