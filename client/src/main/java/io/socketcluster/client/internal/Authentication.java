// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthEngine;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.client.MemoryAuthEngine;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
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
  private final TokenRemoval removal;
  private int removals;
  private long changes; // logins sent and logouts, as the application asked for them
  private long lastLogout; // the number of a change, as is the next
  private long lastDecided;

  Authentication(DefaultClientSocket socket, SocketLoop loop) {
    this.socket = socket;
    this.keeper = new TokenKeeper(loop);
    this.removal = new TokenRemoval(loop);
  }

  /** Returns the token that the server has accepted, or null. Any thread. */
  @Nullable Login login() {
    return login;
  }

  /** Loads the token that was kept; null when there is none or it cannot be loaded. */
  CompletableFuture<@Nullable String> loadToken() {
    return keeper.load(engine(), name()).exceptionally(this::report);
  }

  /** Returns what becomes of tokens that cross a logout. */
  TokenRemoval removal() {
    return removal;
  }

  /** Returns how often the token was taken away. */
  int removals() {
    return removals;
  }

  /**
   * The server has answered the handshake.
   *
   * @param token what the handshake had
   * @param removalsBefore how often a token had been taken away when that was loaded
   */
  void handshaken(
      Connection connection, HandshakeStatus status, @Nullable String token, int removalsBefore) {
    if (token == null || !status.isAuthenticated()) {
      logOut();
    } else if (removals == removalsBefore) {
      logIn(token);
    } else { // the application has logged out in the meantime
      logOut();
      removal.send(connection);
    }
  }

  /** The server gave a token, which is to be kept. */
  void setToken(String token) {
    logIn(token);
    keeper.save(engine(), name(), token).exceptionally(this::report);
  }

  /** The application logs out; an open connection is told. */
  CompletableFuture<Void> deauthenticate() {
    lastLogout = ++changes;
    lastDecided = changes;
    socket.parts().outbound().withdrawLogins();
    Connection connection = socket.parts().cycle().connection();
    if (connection != null && socket.parts().cycle().state() == SocketState.OPEN) {
      removal.send(connection);
    }
    return removeToken();
  }

  /** The server, or the application, takes the token away. */
  CompletableFuture<Void> removeToken() {
    removals++;
    CompletableFuture<Void> removed = new CompletableFuture<>();
    keeper
        .remove(engine(), name())
        .whenComplete(
            (token, failure) -> {
              if (failure == null) {
                socket
                    .parts()
                    .events()
                    .emit(AGClientSocket.REMOVE_AUTH_TOKEN, new ClientEvent.RemoveAuthToken(token));
                removed.complete(null);
              } else {
                report(failure);
                removed.completeExceptionally(failure);
              }
            });
    logOut();
    return removed;
  }

  /** A token that the application gave is sent to the server. */
  void sent(LoginAttempt attempt) {
    attempt.sentAs(++changes);
  }

  /**
   * The server has said what it thinks of a token that the application gave. What the application
   * asked for afterwards counts more than that: a logout always, another login once it is decided.
   */
  AuthStatus authenticated(
      LoginAttempt attempt, @Nullable Payload answer, @Nullable Throwable failure) {
    if (failure != null) {
      if (!saysNothing(failure)) {
        decide(attempt, false);
      }
      throw new CompletionException(failure);
    }
    if (attempt.isWithdrawn() || attempt.isBefore(lastLogout)) {
      return new AuthStatus(false, null);
    }
    JsonNode status = answer == null ? MissingNode.getInstance() : answer.node();
    JsonNode said = status.path("isAuthenticated");
    boolean isAuthenticated = said.isMissingNode() || said.booleanValue(false);
    decide(attempt, isAuthenticated);
    return new AuthStatus(isAuthenticated, HandshakeStatus.error(status.path("authError")));
  }

  private static boolean saysNothing(Throwable failure) {
    return failure instanceof BadConnectionError || failure instanceof TimeoutError;
  }

  private void decide(LoginAttempt attempt, boolean isAuthenticated) {
    if (attempt.isBefore(lastDecided)) {
      return;
    }
    lastDecided = attempt.number();
    if (isAuthenticated) {
      setToken(attempt.token());
    } else {
      logOut();
    }
  }

  private void logIn(String token) {
    Login before = login;
    Login now = Login.of(token);
    login = now;
    if (before == null) {
      socket.parts().channels().authenticated();
      socket
          .parts()
          .events()
          .emit(
              AGClientSocket.AUTH_STATE_CHANGE,
              new ClientEvent.AuthStateChange(
                  AuthState.UNAUTHENTICATED, AuthState.AUTHENTICATED, token, now.authToken()));
    }
    socket
        .parts()
        .events()
        .emit(AGClientSocket.AUTHENTICATE, new ClientEvent.Authenticate(token, now.authToken()));
  }

  private void logOut() {
    Login before = login;
    if (before != null) {
      login = null;
      socket
          .parts()
          .events()
          .emit(
              AGClientSocket.AUTH_STATE_CHANGE,
              new ClientEvent.AuthStateChange(
                  AuthState.AUTHENTICATED, AuthState.UNAUTHENTICATED, null, null));
      socket
          .parts()
          .events()
          .emit(
              AGClientSocket.DEAUTHENTICATE,
              new ClientEvent.Deauthenticate(before.signedAuthToken(), before.authToken()));
    }
  }

  private @Nullable String report(Throwable failure) {
    socket.parts().events().failed("The auth engine of the client failed", failure);
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
