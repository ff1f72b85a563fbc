// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many client sockets with a subscription each, as they are by default, whose server is started
 * again: what the comparison measures a restart with. It prints {@code ready} when all of them are
 * subscribed; and when all of them have lost the server and are subscribed again, how long after
 * the first one had lost it the first and the last of them were, in milliseconds.
 */
public final class ReturningSockets {
  private static final int WINDOW = 100;
  private static final double NANOS_PER_MILLI = 1e6;

  private final AGClientOptions options;
  private final Semaphore window = new Semaphore(WINDOW);
  private final List<AGClientSocket> sockets = new ArrayList<>();
  private final CountDownLatch subscribed;
  private final CountDownLatch returned;
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger back = new AtomicInteger();
  private volatile long firstLostAt;
  private volatile long firstReturnedAt;

  private ReturningSockets(AGClientOptions options, int count) {
    this.options = options;
    subscribed = new CountDownLatch(count);
    returned = new CountDownLatch(count);
  }

  /**
   * Runs.
   *
   * @param args the port of a server on this machine, and how many sockets
   */
  public static void main(String[] args) throws InterruptedException {
    int count = Integer.parseInt(args[1]);
    AGClientOptions options = AGClientOptions.builder().port(Integer.parseInt(args[0])).build();
    new ReturningSockets(options, count).run(count);
  }

  private void run(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      window.acquire();
      open(i);
    }
    subscribed.await();
    System.out.println("ready");
    returned.await();
    long now = System.nanoTime();
    System.out.printf(
        "{\"first_back_ms\":%.0f,\"all_back_ms\":%.0f,\"disconnects\":%d}%n",
        (firstReturnedAt - firstLostAt) / NANOS_PER_MILLI,
        (now - firstLostAt) / NANOS_PER_MILLI,
        lost.get());
    System.exit(0);
  }

  private void open(int index) {
    AGClientSocket socket = SocketClusterClient.create(options);
    sockets.add(socket);
    socket.listener(AGClientSocket.DISCONNECT).consume(event -> lose());
    AtomicInteger subscriptions = new AtomicInteger();
    socket
        .listener(AGClientSocket.SUBSCRIBE)
        .consume(event -> subscribe(subscriptions.incrementAndGet()));
    socket.subscribe("room" + index);
  }

  private void subscribe(int time) {
    if (time == 1) {
      window.release();
      subscribed.countDown();
    } else if (time == 2) {
      if (back.getAndIncrement() == 0) {
        firstReturnedAt = System.nanoTime();
      }
      returned.countDown();
    }
  }

  private void lose() {
    if (lost.getAndIncrement() == 0) {
      firstLostAt = System.nanoTime();
    }
  }
}
