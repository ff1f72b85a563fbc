// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGSocket;
import io.socketcluster.core.ConnectionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** A load on a server: subscribers, and a publisher whose messages have the time. */
final class Load {
  private static final long CONNECT_SECONDS = 60;
  private static final long LAST_SECONDS = 10;
  private static final int BUCKETS = 100_000; // of 0.1 ms
  private static final long NANOS_OF_BUCKET = 100_000;

  private final String url;
  private final int clients;
  private final String channel;
  private final AtomicLongArray latencies = new AtomicLongArray(BUCKETS);
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final List<AGClientSocket> sockets = new ArrayList<>();

  Load(String url, int clients, String channel) {
    this.url = url;
    this.clients = clients;
    this.channel = channel;
  }

  /**
   * The figures of a run.
   *
   * @param expected deliveries if all publishes reach all clients
   */
  record Result(
      int clients,
      long connectMillis,
      long published,
      long delivered,
      long expected,
      long failures,
      AtomicLongArray latencies) {
    /** Returns a percentile in milliseconds. */
    double latency(int percent) {
      long wanted = Math.max(1, delivered * percent / 100);
      long seen = 0;
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        seen += latencies.get(bucket);
        if (seen >= wanted) {
          return bucket / 10.0;
        }
      }
      return 0;
    }
  }

  Result run(int rate, int seconds) throws InterruptedException {
    try {
      long begin = System.nanoTime();
      AGClientSocket publisher = connectAll();
      long connected = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      long published = publish(publisher, rate, seconds);
      awaitDeliveries(published * clients);
      return new Result(
          clients,
          connected,
          published,
          delivered.sum(),
          published * clients,
          failures.sum(),
          latencies);
    } finally {
      sockets.forEach(AGSocket::disconnect);
    }
  }

  private AGClientSocket connectAll() throws InterruptedException {
    AtomicInteger missing = new AtomicInteger(clients);
    CompletableFuture<Void> subscribed = new CompletableFuture<>();
    for (int i = 0; i < clients; i++) {
      AGClientSocket socket = socket(subscribed);
      socket
          .listener(AGClientSocket.SUBSCRIBE)
          .consume(event -> complete(subscribed, missing), Runnable::run);
      socket.subscribe(channel).consume(this::received, Runnable::run);
      socket.connect();
    }
    try {
      subscribed.get(CONNECT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CommandFailure told ? told : new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new CommandFailure(
          missing + " of " + clients + " clients could not subscribe at " + url);
    }
    AGClientSocket publisher = socket(new CompletableFuture<>());
    publisher.connect();
    return publisher;
  }

  private static void complete(CompletableFuture<Void> all, AtomicInteger missing) {
    if (missing.decrementAndGet() == 0) {
      all.complete(null);
    }
  }

  private AGClientSocket socket(CompletableFuture<Void> subscribed) {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder().uri(url).autoConnect(false).autoReconnect(false).build());
    socket
        .listener(AGSocket.CONNECT_ABORT)
        .consume(closed -> subscribed.completeExceptionally(refused(closed)), Runnable::run);
    sockets.add(socket);
    return socket;
  }

  private CommandFailure refused(ConnectionEvent.Closed closed) {
    return new CommandFailure(
        "a client cannot connect to " + url + ": " + closed.reason() + " (" + closed.code() + ")");
  }

  private void received(JsonNode sentAt) {
    long nanos = System.nanoTime() - sentAt.longValue(0);
    latencies.incrementAndGet(Math.clamp(nanos / NANOS_OF_BUCKET, 0, BUCKETS - 1));
    delivered.increment();
  }

  /** Publishes at a rate that does not depend on the answers. */
  private long publish(AGClientSocket publisher, int rate, int seconds) {
    long begin = System.nanoTime();
    long count = (long) rate * seconds;
    for (long i = 0; i < count; i++) {
      long due = begin + i * TimeUnit.SECONDS.toNanos(1) / rate;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      publisher
          .invokePublish(channel, System.nanoTime())
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  failures.increment();
                }
              });
    }
    return count;
  }

  private void awaitDeliveries(long expected) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_SECONDS);
    while (delivered.sum() + failures.sum() * clients < expected
        && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
