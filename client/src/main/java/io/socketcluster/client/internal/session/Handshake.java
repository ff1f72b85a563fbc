// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.session;

import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.client.internal.connection.HandshakeStatus;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AGException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Introduces the socket on a new connection, with the token that was kept. Event loop only. */
final class Handshake {
  private final Connection connection;
  private final CurrentConnection current;
  private final Duration ackTimeout;
  private final ClientEvents events;
  private final BiConsumer<HandshakeStatus, @Nullable String> onComplete;

  /**
   * Prepares a handshake.
   *
   * @param onComplete is given the server's answer and the token that the handshake had
   */
  Handshake(
      Connection connection,
      CurrentConnection current,
      Duration ackTimeout,
      ClientEvents events,
      BiConsumer<HandshakeStatus, @Nullable String> onComplete) {
    this.connection = connection;
    this.current = current;
    this.ackTimeout = ackTimeout;
    this.events = events;
    this.onComplete = onComplete;
  }

  /** Begins as soon as the token is loaded. */
  void begin(CompletableFuture<@Nullable String> token) {
    token.thenAccept(this::send).exceptionally(this::fail);
  }

  private void send(@Nullable String token) {
    if (!current.isCurrent(connection)) {
      return;
    }
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    Payload data = Payload.of(Collections.singletonMap("authToken", token));
    connection.invokeNow(ReservedEvents.HANDSHAKE, data, ackTimeout, answer);
    answer
        .handle(
            (status, failure) -> {
              answered(token, status, failure);
              return null;
            })
        .exceptionally(this::fail);
  }

  private void answered(
      @Nullable String token, @Nullable Payload answer, @Nullable Throwable failure) {
    if (!current.isCurrent(connection)) {
      return;
    }
    HandshakeStatus status;
    try {
      if (failure instanceof AGException refused) {
        throw refused;
      }
      status = HandshakeStatus.of(answer);
    } catch (AGException e) {
      events.error(e);
      connection.fail(code(e), e.toString(), e);
      return;
    }
    onComplete.accept(status, token);
  }

  /** Something failed that nobody thought of: the next connection may do better. */
  private @Nullable Void fail(Throwable unexpected) {
    if (current.isCurrent(connection)) {
      events.failed("The handshake of a client failed", unexpected);
      connection.fail(CloseCode.HANDSHAKE_FAILED, null, unexpected);
    }
    return null;
  }

  private static int code(AGException refused) {
    return refused.properties().get("statusCode") instanceof Number number
            && CloseCode.isApplicable(number.intValue())
        ? number.intValue()
        : CloseCode.HANDSHAKE_FAILED;
  }
}
