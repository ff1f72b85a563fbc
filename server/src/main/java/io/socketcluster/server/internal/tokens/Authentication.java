// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.loop.SocketLife;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Whether a socket is authenticated, and with which token. Changed on the event loop only, which
 * also emits the events of each change in order; may be read by any thread.
 */
public final class Authentication {
  private final SocketEvents events;
  private final SocketLife life;
  private volatile Token current = Token.NONE;
  private int decisions; // event loop only

  public Authentication(SocketEvents events, SocketLife life) {
    this.events = events;
    this.life = life;
  }

  public Token current() {
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
  public void set(Token token) {
    current = token;
    life.sweepSoon();
  }

  /** Emits the events of an authentication. */
  public void announce(AuthState oldState) {
    JsonNode claims = current.claims();
    if (claims == null) {
      return;
    }
    if (oldState != AuthState.AUTHENTICATED) {
      events.authStateChanged(oldState, AuthState.AUTHENTICATED, claims);
    }
    events.authenticated(claims);
  }

  /** Takes the token away and emits the events of that. */
  public void deauthenticate() {
    Token old = current;
    current = Token.NONE;
    if (old.state() == AuthState.AUTHENTICATED) {
      events.authStateChanged(AuthState.AUTHENTICATED, AuthState.UNAUTHENTICATED, null);
    }
    events.deauthenticated(old.claims());
  }

  /** Returns whether there is a token and its time is over. */
  public boolean isExpired(long nowMillis) {
    return nowMillis > current.expiryMillis();
  }

  /** Returns the error for a token whose time is over. */
  AuthTokenExpiredError expiredError() {
    return new AuthTokenExpiredError(
        "The socket auth token has expired", Instant.ofEpochMilli(current.expiryMillis()));
  }
}
