// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.ExpiredTokenSubscriptions;
import io.socketcluster.server.internal.socket.Authentication.Token;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The subscriptions that a socket made while it had a token: they last until that token expires, or
 * the one that replaced it in time. That the token is taken away before does not change this: a
 * client must not keep its channels by logging out. Event loop only.
 */
final class TokenGrants {
  private static final long NEVER = Long.MAX_VALUE;
  private static final String EXPIRED = "The socket auth token has expired";

  private final DefaultServerSocket socket;
  private Map<String, Grant> resting = Collections.emptyMap(); // made when one has to rest
  private long expiresAtMillis = NEVER;

  /**
   * What is known of a subscription that a token was there for.
   *
   * @param waitsForAuth whether the client wants it while it is logged in, and again then
   * @param data what its middleware was shown, if that may be needed again
   * @param told what its events told, if that may be told again
   */
  record Grant(boolean waitsForAuth, @Nullable Payload data, @Nullable Payload told) {
    private static final Grant PLAIN = new Grant(false, null, null);

    static Grant of(boolean waitsForAuth, @Nullable Payload data, JsonNode told) {
      return new Grant(waitsForAuth, data == null ? null : data.compact(), Payload.of(told));
    }

    JsonNode options() {
      return told == null
          ? JsonNodeFactory.instance.objectNode()
          : Objects.requireNonNull(told.as(JsonNode.class)); // anew: a tree is much larger
    }

    long heldBytes() {
      if (told == null) {
        return 0; // there is one of it
      }
      Footprint footprint = new Footprint();
      footprint.add(data);
      footprint.add(told);
      return footprint.bytes();
    }
  }

  TokenGrants(DefaultServerSocket socket) {
    this.socket = socket;
  }

  private ExpiredTokenSubscriptions mode() {
    return socket.host().options().expiredTokenSubscriptions();
  }

  private Subscriptions subscriptions() {
    return socket.parts().subscriptions();
  }

  private void interject(Runnable task) {
    socket.parts().inbound().order().interject(task);
  }

  /** The socket is authenticated, again or for the first time, until then. */
  void renew(long untilMillis) {
    if (mode() == ExpiredTokenSubscriptions.KEEP) {
      return;
    }
    expireAt(untilMillis);
    List.copyOf(resting.keySet()).forEach(channel -> interject(() -> wake(channel)));
  }

  /** A subscription has begun that was asked for with this token. */
  void granted(String channel, Token asked, @Nullable Payload data, JsonNode options) {
    resting.remove(channel);
    if (mode() == ExpiredTokenSubscriptions.KEEP || asked.state() != AuthState.AUTHENTICATED) {
      return;
    }
    boolean waitsForAuth = options.path("waitForAuth").booleanValue(false);
    boolean mayBeNeeded = waitsForAuth || mode() == ExpiredTokenSubscriptions.RECHECK;
    subscriptions()
        .grant(channel, mayBeNeeded ? Grant.of(waitsForAuth, data, options) : Grant.PLAIN);
    if (!isAuthenticated()) { // it was lost while others decided
      expireAt(Math.min(expiresAtMillis, asked.expiryMillis()));
    }
  }

  /** Returns the token that a subscription is asked for with, at this moment. */
  Token token() {
    return socket.parts().authentication().current();
  }

  private void expireAt(long millis) {
    expiresAtMillis = millis;
    socket.sweepSoon();
  }

  /** Returns when they expire; {@code Long.MAX_VALUE} for never. */
  long expiryMillis() {
    return expiresAtMillis;
  }

  boolean haveExpired(long nowMillis) {
    return nowMillis > expiresAtMillis;
  }

  /** Ends or checks again what the expired token was needed for. */
  void expire() {
    AuthTokenExpiredError error =
        new AuthTokenExpiredError(EXPIRED, Instant.ofEpochMilli(expiresAtMillis));
    expiresAtMillis = NEVER;
    subscriptions()
        .grants()
        .forEach(
            (channel, grant) -> {
              if (mode() == ExpiredTokenSubscriptions.RECHECK) {
                interject(() -> recheck(channel, grant, error));
              } else {
                drop(channel, grant);
              }
            });
  }

  /** Forgets a subscription that rests; returns whether it did. */
  boolean forget(String channel) {
    return resting.remove(channel) != null;
  }

  /** Returns about how many bytes those that rest keep in memory. */
  long heldBytes() {
    long bytes = 0;
    for (Map.Entry<String, Grant> each : resting.entrySet()) {
      bytes += each.getKey().length() + each.getValue().heldBytes();
    }
    return bytes;
  }

  /** Returns the names of those that rest. */
  List<String> restingNames() {
    return List.copyOf(resting.keySet());
  }

  private void recheck(String channel, Grant grant, AuthTokenExpiredError error) {
    if (!subscriptions().isGranted(channel, grant) || isAuthenticated()) {
      return; // it has ended meanwhile, or another token has taken it over
    }
    socket
        .parts()
        .middleware()
        .ask(
            AGAction.Type.SUBSCRIBE,
            channel,
            grant.data(),
            error,
            data -> subscriptions().grant(channel, null), // it needs no token any more
            blocked -> {
              if (subscriptions().isGranted(channel, grant)) {
                drop(channel, grant);
              }
            });
  }

  private void drop(String channel, Grant grant) {
    if (grant.waitsForAuth()) { // after a kick-out the client would not come back by itself
      subscriptions().discard(channel);
      rest(channel, grant);
    } else {
      socket.kickOutNow(channel, EXPIRED);
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
    socket
        .parts()
        .middleware()
        .ask(
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
    socket
        .parts()
        .broker()
        .whenDone(
            subscriptions().add(channel),
            failure -> {
              if (failure == null) {
                JsonNode told = subscriptions().confirm(channel, grant::options);
                granted(channel, asked, grant.data(), told == null ? grant.options() : told);
              } else {
                subscriptions().discard(channel);
                giveUp(channel, failure);
              }
            });
  }

  private void giveUp(String channel, Throwable reason) {
    if (resting.containsKey(channel)) {
      socket.kickOutNow(channel, WireForm.of(reason).getMessage());
    }
  }

  private boolean isAuthenticated() {
    return socket.authState() == AuthState.AUTHENTICATED;
  }
}
