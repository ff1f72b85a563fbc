// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.ExpiredTokenSubscriptions;
import io.socketcluster.server.internal.channels.Grant;
import io.socketcluster.server.internal.channels.SocketChannels;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.loop.SocketLife;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The subscriptions that a socket made while it had a token: they last until that token expires, or
 * the one that replaced it in time. That the token is taken away before does not change this: a
 * client must not keep its channels by logging out. Event loop only.
 */
public final class TokenGrants {
  private static final long NEVER = Long.MAX_VALUE;
  private static final String EXPIRED = "The socket auth token has expired";

  private final ExpiredTokenSubscriptions mode;
  private final Authentication authentication;
  private final SocketChannels channels;
  private final InboundMiddleware middleware;
  private final SocketLife life;
  private Map<String, Grant> resting = Collections.emptyMap(); // made when one has to rest
  private long expiresAtMillis = NEVER;
  private Token revoked = Token.NONE;

  public TokenGrants(
      ExpiredTokenSubscriptions mode,
      Authentication authentication,
      SocketChannels channels,
      InboundMiddleware middleware,
      SocketLife life) {
    this.mode = mode;
    this.authentication = authentication;
    this.channels = channels;
    this.middleware = middleware;
    this.life = life;
  }

  /** The socket is authenticated, again or for the first time, until then. */
  void renew(long untilMillis) {
    if (mode == ExpiredTokenSubscriptions.KEEP) {
      return;
    }
    expireAt(untilMillis);
    List.copyOf(resting.keySet()).forEach(channel -> middleware.interject(() -> wake(channel)));
  }

  /** A subscription has begun that was asked for with this token. */
  public void granted(String channel, Token asked, @Nullable Payload data, JsonNode options) {
    resting.remove(channel);
    if (mode == ExpiredTokenSubscriptions.KEEP || asked.state() != AuthState.AUTHENTICATED) {
      return;
    }
    boolean waitsForAuth = options.path("waitForAuth").booleanValue(false);
    boolean mayBeNeeded = waitsForAuth || mode == ExpiredTokenSubscriptions.RECHECK;
    channels.grant(channel, mayBeNeeded ? Grant.of(waitsForAuth, data, options) : Grant.PLAIN);
    if (!isAuthenticated()) { // it was lost while others decided
      expireAt(Math.min(expiresAtMillis, expiryOf(asked)));
    }
  }

  /** A token is revoked: what is granted to it, or being decided, has expired. */
  void revoke(Token token) {
    revoked = token;
    expiresAtMillis = nowMillis();
  }

  /** Returns the time on the wall that tokens expire by. */
  long nowMillis() {
    return life.time().millis();
  }

  /** Returns the token that a subscription is asked for with, at this moment. */
  public Token token() {
    return authentication.current();
  }

  @SuppressWarnings("ReferenceEquality") // that token, and not another with the same claims
  private long expiryOf(Token asked) {
    return asked == revoked ? 0 : asked.expiryMillis();
  }

  private void expireAt(long millis) {
    expiresAtMillis = millis;
    life.sweepSoon();
  }

  /** Returns when they expire; {@code Long.MAX_VALUE} for never. */
  long expiryMillis() {
    return expiresAtMillis;
  }

  boolean haveExpired(long nowMillis) {
    return nowMillis > expiresAtMillis;
  }

  /** Ends or checks again what the expired token was needed for. */
  public void expire() {
    AuthTokenExpiredError error =
        new AuthTokenExpiredError(EXPIRED, Instant.ofEpochMilli(expiresAtMillis));
    expiresAtMillis = NEVER;
    Map<String, Grant> expired = channels.grants();
    if (mode == ExpiredTokenSubscriptions.RECHECK) {
      expired.forEach(
          (channel, grant) -> middleware.interject(() -> recheck(channel, grant, error)));
    } else {
      channels.forEachInTurns(expired, this::dropIfExpired);
    }
  }

  private void dropIfExpired(String channel, Grant grant) {
    if (isExpired(channel, grant)) {
      drop(channel, grant);
    }
  }

  /** False when it has ended meanwhile, or another token has taken it over. */
  private boolean isExpired(String channel, Grant grant) {
    return channels.isGranted(channel, grant) && !isAuthenticated();
  }

  /** Forgets a subscription that rests; returns whether it did. */
  public boolean forget(String channel) {
    return resting.remove(channel) != null;
  }

  /** Ends a subscription, also one that rests, and tells the client why. */
  public void kickOut(String channel, @Nullable String message) {
    channels.deliverPending(); // it is still sent what was published before
    if (forget(channel) || channels.contains(channel)) {
      channels.kickOut(channel, message);
    }
  }

  /** Returns about how many bytes those that rest keep in memory. */
  public long heldBytes() {
    long bytes = 0;
    for (Map.Entry<String, Grant> each : resting.entrySet()) {
      bytes += each.getKey().length() + each.getValue().heldBytes();
    }
    return bytes;
  }

  /** Returns the names of those that rest. */
  public List<String> restingNames() {
    return List.copyOf(resting.keySet());
  }

  private void recheck(String channel, Grant grant, AuthTokenExpiredError error) {
    if (!isExpired(channel, grant)) {
      return;
    }
    middleware.ask(
        AGAction.Type.SUBSCRIBE,
        channel,
        grant.data(),
        error,
        data -> channels.grant(channel, null), // it needs no token any more
        blocked -> {
          if (channels.isGranted(channel, grant)) {
            drop(channel, grant);
          }
        });
  }

  private void drop(String channel, Grant grant) {
    if (grant.waitsForAuth()) { // after a kick-out the client would not come back by itself
      channels.discard(channel);
      rest(channel, grant);
    } else {
      kickOut(channel, EXPIRED);
    }
  }

  private void rest(String channel, Grant grant) {
    if (resting.isEmpty()) {
      resting = new LinkedHashMap<>(2);
    }
    resting.put(channel, grant);
  }

  private void wake(String channel) {
    Grant grant = resting.get(channel);
    if (grant == null || !isAuthenticated()) {
      return;
    }
    Token asked = token();
    middleware.ask(
        AGAction.Type.SUBSCRIBE,
        channel,
        grant.data(),
        null,
        data -> subscribeAgain(channel, grant, asked),
        blocked -> giveUp(channel, blocked));
  }

  private void subscribeAgain(String channel, Grant grant, Token asked) {
    if (!resting.containsKey(channel)) {
      return; // the client or the application has ended it meanwhile
    }
    channels.add(
        channel,
        grant.data(), // from where it was at first: the client knows what it has
        failure -> {
          if (failure == null) {
            JsonNode told = channels.confirm(channel, grant::options);
            granted(channel, asked, grant.data(), told == null ? grant.options() : told);
          } else {
            channels.discard(channel);
            giveUp(channel, failure);
          }
        });
  }

  private void giveUp(String channel, Throwable reason) {
    if (resting.containsKey(channel)) {
      kickOut(channel, SentError.of(reason).getMessage());
    }
  }

  private boolean isAuthenticated() {
    return token().state() == AuthState.AUTHENTICATED;
  }
}
