// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.protocol.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many client sockets that receive the publishes to one channel. It prints {@code ready} when all
 * of them are subscribed, and later what a received message has cost this process.
 */
public final class ReceivingSockets {
  private static final int WINDOW = 100;
  private static final double NANOS_PER_MICRO = 1e3;

  private final Semaphore window = new Semaphore(WINDOW);
  private final List<AGClientSocket> sockets = new ArrayList<>();
  private final CountDownLatch subscribed;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final LongAdder received = new LongAdder();

  private ReceivingSockets(int count) {
    subscribed = new CountDownLatch(count);
  }

  /**
   * Runs.
   *
   * @param args the port of a server on this machine, how many sockets, and for how many seconds
   *     they receive before the measurement, and during it
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int count = Integer.parseInt(args[1]);
    AGClientOptions options = AGClientOptions.builder().port(Integer.parseInt(args[0])).build();
    ReceivingSockets receiving = new ReceivingSockets(count);
    receiving.open(options, count);
    receiving.begun.await();
    Thread.sleep(Duration.ofSeconds(Long.parseLong(args[2])));
    receiving.measure(Duration.ofSeconds(Long.parseLong(args[3])));
    System.exit(0);
  }

  private void open(AGClientOptions options, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      window.acquire();
      AGClientSocket socket = SocketClusterClient.create(options);
      sockets.add(socket);
      socket.listener(AGClientSocket.SUBSCRIBE).consume(event -> subscribed());
      socket.subscribe("room0", Payload.class).consume(message -> receive());
    }
    subscribed.await();
    System.out.println("ready");
  }

  private void subscribed() {
    window.release();
    subscribed.countDown();
  }

  private void receive() {
    received.increment();
    begun.countDown();
  }

  private void measure(Duration time) throws IOException, InterruptedException {
    long before = received.sum();
    Footprint start = Footprint.now();
    Thread.sleep(time);
    long count = received.sum() - before;
    double micros = (Footprint.now().cpuNanos() - start.cpuNanos()) / NANOS_PER_MICRO / count;
    System.out.printf(
        Locale.ROOT, "{\"client_cpu_us_per_operation\":%.2f,\"received\":%d}%n", micros, count);
  }
}
