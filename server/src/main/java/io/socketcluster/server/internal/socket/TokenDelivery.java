// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.ApplicationThreads;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.internal.auth.TokenClaims;
import io.socketcluster.server.internal.socket.Authentication.Token;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs tokens for one client, sends them and takes them back. Called by the application, on any
 * thread.
 */
final class TokenDelivery {
  private final DefaultServerSocket socket;

  TokenDelivery(DefaultServerSocket socket) {
    this.socket = socket;
  }

  CompletableFuture<Void> setAuthToken(Object authToken, AuthTokenOptions options) {
    if (socket.state() == SocketState.CONNECTING) {
      AGException error =
          new InvalidActionError("Cannot call setAuthToken before completing the handshake");
      socket.parts().events().error(error);
      throw error;
    }
    Token token = sign(authToken, options);
    CompletableFuture<Void> delivered = new CompletableFuture<>();
    LoopTasks.await(socket.loop().eventLoop(), () -> apply(token, options, delivered));
    return delivered;
  }

  /** Takes the token away; the future waits for the client's word that it has removed it. */
  CompletableFuture<Void> removeAuthToken() {
    CompletableFuture<Void> removed = new CompletableFuture<>();
    LoopTasks.await(
        socket.loop().eventLoop(),
        () -> {
          socket.parts().authentication().decidedByApplication();
          socket.parts().authentication().deauthenticate();
          socket
              .parts()
              .outbound()
              .invoke(ReservedEvents.REMOVE_AUTH_TOKEN, null, socket.host().options().ackTimeout())
              .whenCompleteAsync(
                  (answer, failure) -> settleRemoval(removed, failure),
                  ApplicationThreads.EXECUTOR);
        });
    return removed;
  }

  private void settleRemoval(CompletableFuture<Void> removed, @Nullable Throwable failure) {
    if (failure == null) {
      removed.complete(null);
      return;
    }
    socket.parts().events().error(failure);
    removed.completeExceptionally(failure);
  }

  private Token sign(Object authToken, AuthTokenOptions options) {
    try {
      ObjectNode claims = TokenClaims.copyOf(authToken, socket.dataMapper());
      String signed = socket.host().auth().signToken(claims, withExpiry(claims, options));
      return Token.of(claims, signed);
    } catch (RuntimeException e) {
      socket.parts().events().failed("The auth engine failed to sign a token", e);
      socket.disconnectNow( // the client is told what was meant for it, and nothing else
          CloseCode.TOKEN_SIGNING_FAILED, e instanceof AGException ? e.toString() : null);
      throw e;
    }
  }

  /** The server's default is for any engine; an {@code exp} claim wins over all of it. */
  private AuthTokenOptions withExpiry(ObjectNode claims, AuthTokenOptions options) {
    return options.expiresIn() != null || claims.has("exp")
        ? options
        : options.toBuilder().expiresIn(socket.host().options().authDefaultExpiry()).build();
  }

  /** In one task: whoever takes the token away again tells the client so afterwards. */
  private void apply(Token token, AuthTokenOptions options, CompletableFuture<Void> delivered) {
    AuthState oldState = socket.parts().authentication().current().state();
    String signed = String.valueOf(token.signed());
    socket.parts().authentication().decidedByApplication();
    socket.parts().authentication().set(token);
    socket.emit(AGServerSocket.AUTH_TOKEN_SIGNED, new SocketEvent.AuthTokenSigned(signed));
    send(Payload.of(Map.of("token", signed)), options, delivered);
    socket.parts().authentication().announce(oldState);
  }

  private void send(Payload data, AuthTokenOptions options, CompletableFuture<Void> delivered) {
    if (!options.rejectOnFailedDelivery()) {
      socket.parts().outbound().transmit(ReservedEvents.SET_AUTH_TOKEN, data);
      delivered.complete(null);
      return;
    }
    socket
        .parts()
        .outbound()
        .invoke(ReservedEvents.SET_AUTH_TOKEN, data, socket.host().options().ackTimeout())
        .whenCompleteAsync(
            (answer, failure) -> settle(delivered, failure), ApplicationThreads.EXECUTOR);
  }

  private void settle(CompletableFuture<Void> delivered, @Nullable Throwable failure) {
    if (failure == null) {
      delivered.complete(null);
      return;
    }
    AuthError error =
        new AuthError("Failed to deliver auth token to client - " + failure.getMessage());
    socket.parts().events().error(error);
    delivered.completeExceptionally(error);
  }
}
