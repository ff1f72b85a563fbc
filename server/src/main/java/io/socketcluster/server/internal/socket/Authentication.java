// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a socket is authenticated, and with which token. Changed on the event loop only, which
 * also emits the events of each change in order; may be read by any thread.
 */
final class Authentication {
  private final DefaultServerSocket socket;
  private volatile Token current = Token.NONE;
  private int decisions; // event loop only

  /**
   * One token, or none.
   *
   * @param signed null when the auth engine knows the client without a token
   * @param expiryMillis when it expires; {@code Long.MAX_VALUE} for never
   */
  record Token(@Nullable JsonNode claims, @Nullable String signed, long expiryMillis) {
    /** The claims are kept beside the text, as a tree. */
    private static final int TREE_FACTOR = 4;

    static final Token NONE = new Token(null, null, Long.MAX_VALUE);

    static Token of(CheckedToken token) {
      JsonNode claims = token.claims();
      return claims == null ? NONE : of(claims, token.signed());
    }

    static Token of(JsonNode claims, @Nullable String signed) {
      JsonNode expiry = claims.get("exp");
      boolean expires = expiry != null && expiry.isNumber();
      long millis = expires ? (long) (expiry.numberValue().doubleValue() * 1000) : Long.MAX_VALUE;
      return new Token(claims, signed, millis);
    }

    long heldBytes() {
      return signed == null ? 0 : TREE_FACTOR * (long) signed.length();
    }

    AuthState state() {
      return claims == null ? AuthState.UNAUTHENTICATED : AuthState.AUTHENTICATED;
    }
  }

  Authentication(DefaultServerSocket socket) {
    this.socket = socket;
  }

  Token current() {
    return current;
  }

  /** The application gives or takes a token: it overrules whatever is being checked. */
  void decidedByApplication() {
    decisions++;
  }

  /** Returns how often the application has given or taken a token. */
  int decisions() {
    return decisions;
  }

  /** Sets the token without telling anybody, until {@link #announce}. */
  void set(Token token) {
    current = token;
    socket.sweepSoon();
  }

  /** Emits the events of an authentication. */
  void announce(AuthState oldState) {
    JsonNode claims = current.claims();
    if (claims == null) {
      return;
    }
    socket.parts().grants().renew(current.expiryMillis());
    if (oldState != AuthState.AUTHENTICATED) {
      changed(oldState, AuthState.AUTHENTICATED, claims);
    }
    socket.emit(AGServerSocket.AUTHENTICATE, new SocketEvent.Authenticate(claims));
    socket
        .parts()
        .events()
        .emitOnServer(AGServer.AUTHENTICATION, new ServerEvent.Authentication(socket, claims));
  }

  /** Takes the token away and emits the events of that. */
  void deauthenticate() {
    Token old = current;
    current = Token.NONE;
    if (old.state() == AuthState.AUTHENTICATED) {
      changed(AuthState.AUTHENTICATED, AuthState.UNAUTHENTICATED, null);
    }
    socket.emit(AGServerSocket.DEAUTHENTICATE, new SocketEvent.Deauthenticate(old.claims()));
    socket
        .parts()
        .events()
        .emitOnServer(
            AGServer.DEAUTHENTICATION, new ServerEvent.Deauthentication(socket, old.claims()));
  }

  /** Returns whether there is a token and its time is over. */
  boolean isExpired(long nowMillis) {
    return nowMillis > current.expiryMillis();
  }

  /** Returns the error for a token whose time is over. */
  AuthTokenExpiredError expiredError() {
    return new AuthTokenExpiredError(
        "The socket auth token has expired", Instant.ofEpochMilli(current.expiryMillis()));
  }

  private void changed(AuthState oldState, AuthState newState, @Nullable JsonNode claims) {
    socket.emit(
        AGServerSocket.AUTH_STATE_CHANGE,
        new SocketEvent.AuthStateChange(oldState, newState, claims));
    socket
        .parts()
        .events()
        .emitOnServer(
            AGServer.AUTHENTICATION_STATE_CHANGE,
            new ServerEvent.AuthenticationStateChange(socket, oldState, newState, claims));
  }
}
