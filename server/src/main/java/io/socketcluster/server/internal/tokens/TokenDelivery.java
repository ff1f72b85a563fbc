// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.loop.SocketLife;
import io.socketcluster.server.internal.outbound.Outbound;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens for one client, sends them and takes them back. Called by the application, on any
 * thread.
 */
public final class TokenDelivery {
  private final TokenEngine engine;
  private final TokenLife tokens;
  private final Outbound outbound;
  private final SocketEvents events;
  private final SocketLife life;

  public TokenDelivery(
      TokenEngine engine,
      TokenLife tokens,
      Outbound outbound,
      SocketEvents events,
      SocketLife life) {
    this.engine = engine;
    this.tokens = tokens;
    this.outbound = outbound;
    this.events = events;
    this.life = life;
  }

  public CompletableFuture<Void> setAuthToken(Object authToken, AuthTokenOptions options) {
    if (life.state() == SocketState.CONNECTING) {
      AGException error =
          new InvalidActionError("Cannot call setAuthToken before completing the handshake");
      events.error(error);
      throw error;
    }
    Token token = sign(authToken, options);
    CompletableFuture<Void> delivered = new CompletableFuture<>();
    LoopTasks.await(outbound.eventLoop(), () -> apply(token, options, delivered));
    return delivered;
  }

  /** Takes the token away; the future waits for the client's word that it has removed it. */
  public CompletableFuture<Void> removeAuthToken() {
    CompletableFuture<Void> removed = new CompletableFuture<>();
    LoopTasks.await(
        outbound.eventLoop(),
        () -> {
          tokens.remove();
          call(ReservedEvents.REMOVE_AUTH_TOKEN, null, removed, failure -> failure);
        });
    return removed;
  }

  private Token sign(Object authToken, AuthTokenOptions options) {
    try {
      return engine.sign(authToken, options);
    } catch (RuntimeException e) {
      events.failed("The auth engine failed to sign a token", e);
      // the client is told what was meant for it, and nothing else
      String reason = e instanceof AGException ? e.toString() : null;
      LoopTasks.run(outbound.eventLoop(), () -> life.close(CloseCode.TOKEN_SIGNING_FAILED, reason));
      throw e;
    }
  }

  /** In one task: whoever takes the token away again tells the client so afterwards. */
  private void apply(Token token, AuthTokenOptions options, CompletableFuture<Void> delivered) {
    AuthState oldState = tokens.current().state();
    String signed = String.valueOf(token.signed());
    tokens.give(token);
    events.emit(AGServerSocket.AUTH_TOKEN_SIGNED, new SocketEvent.AuthTokenSigned(signed));
    send(Payload.of(Map.of("token", signed)), options, delivered);
    tokens.announce(oldState);
  }

  private void send(Payload data, AuthTokenOptions options, CompletableFuture<Void> delivered) {
    if (options.rejectOnFailedDelivery()) {
      call(ReservedEvents.SET_AUTH_TOKEN, data, delivered, TokenDelivery::undelivered);
    } else {
      outbound.transmit(ReservedEvents.SET_AUTH_TOKEN, data);
      delivered.complete(null);
    }
  }

  private static AuthError undelivered(Throwable failure) {
    return new AuthError("Failed to deliver auth token to client - " + failure.getMessage());
  }

  private void call(
      String event,
      @Nullable Payload data,
      CompletableFuture<Void> result,
      Function<Throwable, Throwable> named) {
    outbound
        .invoke(event, data, events.options().ackTimeout())
        .whenCompleteAsync(
            (answer, failure) -> {
              if (failure == null) {
                result.complete(null);
              } else {
                Throwable error = named.apply(failure);
                events.error(error);
                result.completeExceptionally(error);
              }
            },
            ApplicationThreads.EXECUTOR);
  }
}
