// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection that wait for an answer. Not thread-safe: used on the thread that
 * owns the connection, which also completes the futures. A late answer is ignored.
 */
public final class PendingCalls {
  private static final ConnectionTimer.Timeout NONE = () -> {};
  private static final Duration LONGEST_ACK_TIMEOUT = Duration.ofDays(24);

  private final ConnectionTimer timer;
  private final Map<Long, Pending> waiting = new HashMap<>();
  private long lastId;

  private record Pending(
      String event, CompletableFuture<@Nullable Payload> answer, ConnectionTimer.Timeout timeout) {}

  public PendingCalls(ConnectionTimer timer) {
    this.timer = timer;
  }

  /**
   * Checks the time that a call is to wait for its answer.
   *
   * @throws InvalidArgumentsError if it is negative or longer than 24 days
   */
  public static void checkAckTimeout(Duration ackTimeout) {
    if (ackTimeout.isNegative() || ackTimeout.compareTo(LONGEST_ACK_TIMEOUT) > 0) {
      throw new InvalidArgumentsError(
          "ackTimeout is " + ackTimeout + "; allowed: PT0S to " + LONGEST_ACK_TIMEOUT);
    }
  }

  /**
   * Registers a call and returns its id, counted from 1. The future fails with a {@link
   * TimeoutError} after {@code ackTimeout}, with the other side's error, or with a {@link
   * BadConnectionError} when the connection ends first.
   */
  public long register(
      String event, Duration ackTimeout, CompletableFuture<@Nullable Payload> answer) {
    long id = ++lastId;
    ConnectionTimer.Timeout timeout = timer.schedule(ackTimeout, () -> expire(id));
    waiting.put(id, new Pending(event, answer, timeout));
    return id;
  }

  /** Registers a call that waits for its answer as long as the connection lasts. */
  public long register(String event, CompletableFuture<@Nullable Payload> answer) {
    long id = ++lastId;
    waiting.put(id, new Pending(event, answer, NONE));
    return id;
  }

  /** Forgets a call; its future is never completed. Without effect when it has been answered. */
  public void cancel(long id) {
    Pending pending = waiting.remove(id);
    if (pending != null) {
      pending.timeout().cancel();
    }
  }

  /** Completes the call that {@code response} answers, if it still waits. */
  public void complete(ResponsePacket response) {
    Pending pending = waiting.remove(response.rid());
    if (pending == null) {
      return;
    }
    pending.timeout().cancel();
    Payload error = response.error();
    if (error == null || error.isNull()) {
      pending.answer().complete(response.data());
    } else {
      pending.answer().completeExceptionally(WireErrors.hydrate(error));
    }
  }

  /** Fails every waiting call because the connection ended; the cause may be unknown. */
  public void abort(
      String failureType, int code, @Nullable String reason, @Nullable Throwable cause) {
    List<Pending> aborted = new ArrayList<>(waiting.values());
    waiting.clear();
    for (Pending pending : aborted) {
      pending.timeout().cancel();
      pending
          .answer()
          .completeExceptionally(
              new BadConnectionError(
                  "Event " + pending.event() + " was aborted due to a bad connection",
                  failureType,
                  code,
                  reason,
                  cause));
    }
  }

  /** Returns how many calls wait for an answer. */
  public int size() {
    return waiting.size();
  }

  private void expire(long id) {
    Pending pending = waiting.remove(id);
    if (pending != null) {
      pending
          .answer()
          .completeExceptionally(
              new TimeoutError("Event response for " + pending.event() + " event timed out"));
    }
  }
}
