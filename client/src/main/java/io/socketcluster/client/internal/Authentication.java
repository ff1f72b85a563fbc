// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthEngine;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.client.MemoryAuthEngine;
import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The token of a socket, and where it is kept. Event loop only, but for the question. */
final class Authentication {
  private final DefaultClientSocket socket;
  private final TokenKeeper keeper;
  private final AuthEngine memory = new MemoryAuthEngine();
  private volatile @Nullable Login login;

  Authentication(DefaultClientSocket socket, SocketLoop loop) {
    this.socket = socket;
    this.keeper = new TokenKeeper(loop);
  }

  /** Returns the token that the server has accepted, or null. Any thread. */
  @Nullable Login login() {
    return login;
  }

  /** Loads the token that was kept; null when there is none or it cannot be loaded. */
  CompletableFuture<@Nullable String> loadToken() {
    return keeper
        .load(engine(), name())
        .exceptionally(
            failure -> {
              report(failure);
              return null;
            });
  }

  /** The server has answered the handshake: null when it has accepted no token. */
  void handshaken(@Nullable String acceptedToken) {
    if (acceptedToken == null) {
      logOut();
    } else {
      logIn(acceptedToken);
    }
  }

  /** The server gave a token, which is to be kept. */
  void setToken(String token) {
    logIn(token);
    keeper.save(engine(), name(), token).exceptionally(this::report);
  }

  /** The server, or the application, takes the token away. */
  CompletableFuture<Void> removeToken() {
    CompletableFuture<Void> removed = new CompletableFuture<>();
    keeper
        .remove(engine(), name())
        .whenComplete(
            (token, failure) -> {
              if (failure == null) {
                socket.emit(
                    AGClientSocket.REMOVE_AUTH_TOKEN, new ClientEvent.RemoveAuthToken(token));
                removed.complete(null);
              } else {
                report(failure);
                removed.completeExceptionally(failure);
              }
            });
    logOut();
    return removed;
  }

  /** The server has said what it thinks of a token that the application gave. */
  AuthStatus authenticated(String token, @Nullable Payload answer, @Nullable Throwable failure) {
    if (failure != null) {
      boolean saysNothing =
          failure instanceof BadConnectionError || failure instanceof TimeoutError;
      if (!saysNothing) {
        logOut();
      }
      throw new CompletionException(failure);
    }
    JsonNode status = answer == null ? MissingNode.getInstance() : answer.node();
    boolean isAuthenticated = status.path("isAuthenticated").asBoolean(true);
    if (isAuthenticated) {
      setToken(token);
    } else {
      logOut();
    }
    return new AuthStatus(isAuthenticated, HandshakeStatus.error(status.path("authError")));
  }

  private void logIn(String token) {
    Login before = login;
    Login now = Login.of(token);
    login = now;
    if (before == null) {
      socket.parts().channels().authenticated();
      socket.emit(
          AGClientSocket.AUTH_STATE_CHANGE,
          new ClientEvent.AuthStateChange(
              AuthState.UNAUTHENTICATED, AuthState.AUTHENTICATED, token, now.authToken()));
    }
    socket.emit(AGClientSocket.AUTHENTICATE, new ClientEvent.Authenticate(token, now.authToken()));
  }

  private void logOut() {
    Login before = login;
    if (before != null) {
      login = null;
      socket.emit(
          AGClientSocket.AUTH_STATE_CHANGE,
          new ClientEvent.AuthStateChange(
              AuthState.AUTHENTICATED, AuthState.UNAUTHENTICATED, null, null));
      socket.emit(
          AGClientSocket.DEAUTHENTICATE,
          new ClientEvent.Deauthenticate(before.signedAuthToken(), before.authToken()));
    }
  }

  private @Nullable String report(Throwable failure) {
    socket.parts().streams().error(failure);
    return null;
  }

  private AuthEngine engine() {
    AGClientOptions options = socket.options();
    return options.authEngine() == null ? memory : options.authEngine();
  }

  private String name() {
    return socket.options().authTokenName();
  }
}
