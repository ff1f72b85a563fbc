// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.internal.loop.SweepSchedule;
import io.socketcluster.server.internal.outbound.SocketWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends what a socket has by its token, and tells the client of it. Event loop only,
 * except {@link #current}.
 */
public final class TokenLife {
  private final Authentication authentication;
  private final TokenGrants grants;
  private final SocketWriter writer;

  public TokenLife(Authentication authentication, TokenGrants grants, SocketWriter writer) {
    this.authentication = authentication;
    this.grants = grants;
    this.writer = writer;
  }

  /** Returns what knows the token. */
  public Authentication authentication() {
    return authentication;
  }

  /** Returns what knows the subscriptions that a token was there for. */
  public TokenGrants grants() {
    return grants;
  }

  /** Returns the token that is in force. Any thread. */
  public Token current() {
    return authentication.current();
  }

  public boolean isAuthenticated() {
    return current().state() == AuthState.AUTHENTICATED;
  }

  /** The application gives a token, which overrules the one that is being checked. */
  void give(Token token) {
    authentication.decidedByApplication();
    authentication.set(token);
  }

  /** The application takes the token away; the client is not told. */
  public void remove() {
    authentication.decidedByApplication();
    authentication.deauthenticate();
  }

  /** Emits the events of an authentication; what was subscribed with a token lasts longer. */
  public void announce(AuthState oldState) {
    if (isAuthenticated()) {
      grants.renew(current().expiryMillis());
      authentication.announce(oldState);
    }
  }

  /** The client took its own token away. */
  public void deauthenticate() {
    authentication.deauthenticate();
  }

  /** Takes the token away and tells the client. */
  public void revoke() {
    authentication.deauthenticate();
    sendRemoval();
  }

  /** The token was revoked before it expired: what it was needed for ends, too. */
  public void end() {
    grants.revoke(current());
    revoke();
    grants.expire();
  }

  /** Sends the token that is in force to the client. */
  public void send() {
    String signed = current().signed();
    if (!isAuthenticated()) {
      sendRemoval();
    } else if (signed != null) {
      writer.transmit(ReservedEvents.SET_AUTH_TOKEN, Payload.of(Map.of("token", signed)));
    }
  }

  private void sendRemoval() {
    writer.transmit(ReservedEvents.REMOVE_AUTH_TOKEN, null);
  }

  /**
   * Takes an expired token away, and what it was needed for; returns the error for the packet that
   * came too late.
   */
  public @Nullable AuthTokenExpiredError expire() {
    long now = grants.nowMillis();
    AuthTokenExpiredError error = null;
    if (authentication.isExpired(now)) {
      error = authentication.expiredError();
      revoke();
    }
    if (grants.haveExpired(now)) {
      grants.expire();
    }
    return error;
  }

  /** Returns in how many nanoseconds the token expires, or something that was granted to one. */
  public long untilExpiry() {
    long expiry = Math.min(current().expiryMillis(), grants.expiryMillis());
    if (expiry == Long.MAX_VALUE) {
      return SweepSchedule.NEVER;
    }
    return TimeUnit.MILLISECONDS.toNanos(expiry + 1 - grants.nowMillis());
  }
}
