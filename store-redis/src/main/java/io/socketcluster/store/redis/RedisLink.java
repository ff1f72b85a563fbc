// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import io.lettuce.core.RedisException;
import io.socketcluster.redis.RedisClients;
import io.socketcluster.redis.RedisOptions;
import io.socketcluster.store.StoreError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to Redis up, on a thread of its own: the client library blocks in ways that
 * pin a virtual thread. A connection that is lost, or silent, is replaced and not mended, so that
 * nothing is sent twice.
 */
final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final RedisOptions options;
  private final RedisClients clients;
  private final CompletableFuture<RedisConnection> first = new CompletableFuture<>();
  private volatile CompletableFuture<RedisConnection> current = first;
  private volatile @Nullable Thread keeper;

  /** Learns of messages. */
  interface Listener {
    /** Returns the channel to receive. */
    byte[] channel();

    /** Called on a thread that must not be blocked. */
    void message(byte[] message);

    /** Messages may have been missed: a connection was lost, and another is in use. */
    void missed();
  }

  RedisLink(RedisOptions options, RedisClients clients) {
    this.options = options;
    this.clients = clients;
  }

  void start(Listener listener) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(() -> keep(listener));
    thread.setName("socketcluster-store-redis");
    keeper = thread;
    thread.start();
  }

  Duration timeout() {
    return options.setting().timeout();
  }

  /** Returns the connection. The future is pending until the first attempt to connect has ended. */
  CompletableFuture<RedisConnection> connection() {
    return current;
  }

  private void keep(Listener listener) {
    Duration pause = FIRST_PAUSE;
    while (!Thread.currentThread().isInterrupted()) {
      try (RedisConnection connection =
          RedisConnection.open(clients.server(), listener, timeout())) {
        pause = FIRST_PAUSE;
        connected(connection, listener);
        watch(connection);
      } catch (RedisException | ExecutionException | TimeoutException e) {
        if (!Thread.currentThread().isInterrupted()) { // not closed
          lost(e);
          pause = pausedFor(pause);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // closed
      }
    }
    clients.close();
  }

  private void connected(RedisConnection connection, Listener listener) {
    if (!first.complete(connection)) {
      LOG.info("Connected to Redis at {} again", options.address());
      current = CompletableFuture.completedFuture(connection); // before the listener reads again
      listener.missed();
    }
  }

  /** Ends with an exception when the connection is lost, or does not answer any more. */
  private void watch(RedisConnection connection)
      throws InterruptedException, ExecutionException, TimeoutException {
    while (!connection.awaitLoss(CHECK_INTERVAL)) {
      connection.ping().get(timeout().toNanos(), TimeUnit.NANOSECONDS);
    }
    throw new RedisException("The connection was lost");
  }

  /** Logs the first failure of a row of them. */
  private void lost(Exception failure) {
    String reason = RedisClients.reason(failure);
    StoreError error = new StoreError("No Redis at " + options.address() + ": " + reason, failure);
    if (first.completeExceptionally(error) || !current.isCompletedExceptionally()) {
      LOG.warn("No Redis at {}: {}", options.address(), reason);
    }
    current = CompletableFuture.failedFuture(error);
  }

  private static Duration pausedFor(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }

  @Override
  public void close() {
    Thread thread = keeper;
    if (thread == null) {
      clients.close();
      return;
    }
    thread.interrupt();
    try {
      thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
