// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.tokens.TokenRevocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The tokens that a server refuses before they expire. Thread-safe. Who sets a token looks here
 * after that, and who adds a revocation looks at the sockets after that: none is missed.
 */
public final class RevokedTokens {
  /** Each costs a look at every token that is checked. */
  private static final int MOST_CLAIMS = 16;

  private final int limit;
  private final LongSupplier clock;
  private final LongSupplier sockets;
  private final Map<String, Map<String, TokenRevocation>> byClaim = new ConcurrentHashMap<>();

  @GuardedBy("this")
  private int count;

  private volatile int additions; // orders what is added here and the tokens of sockets

  /**
   * @param limit how many revocations are kept
   * @param clock the milliseconds of the wall clock
   * @param sockets takes revoked tokens from the sockets of the server; returns from how many
   */
  public RevokedTokens(int limit, LongSupplier clock, LongSupplier sockets) {
    this.limit = limit;
    this.clock = clock;
    this.sockets = sockets;
  }

  /** Returns whether a token is refused. */
  public boolean contain(Token token) {
    return token.claims() != null && token.signed() != null && contain(token.claims());
  }

  /** Returns whether a signed token with these claims is refused. */
  boolean contain(JsonNode claims) {
    if (additions == 0) {
      return false;
    }
    for (Map.Entry<String, Map<String, TokenRevocation>> each : byClaim.entrySet()) {
      JsonNode value = claims.get(each.getKey());
      TokenRevocation found = value == null ? null : each.getValue().get(value.toString());
      if (found != null && !isOver(found) && found.covers(claims)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOver(TokenRevocation revocation) {
    return revocation.keptUntil().toEpochMilli() < clock.getAsLong();
  }

  /** Keeps a revocation; returns false if there are too many. */
  public synchronized boolean add(TokenRevocation added) {
    if (count >= limit) {
      dropOver();
    }
    String value = added.value().toString();
    Map<String, TokenRevocation> ofClaim = byClaim.get(added.claim());
    TokenRevocation known = ofClaim == null ? null : ofClaim.get(value);
    if (known == null && (count >= limit || (ofClaim == null && byClaim.size() >= MOST_CLAIMS))) {
      return false;
    }
    count += known == null ? 1 : 0;
    byClaim
        .computeIfAbsent(added.claim(), name -> new ConcurrentHashMap<>())
        .put(value, known == null ? added : both(known, added));
    additions = Math.max(1, additions + 1);
    return true;
  }

  private static TokenRevocation both(TokenRevocation one, TokenRevocation other) {
    Instant first = one.issuedUntil();
    Instant second = other.issuedUntil();
    return new TokenRevocation(
        one.claim(),
        one.value(),
        first == null || second == null ? null : later(first, second),
        later(one.keptUntil(), other.keptUntil()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @GuardedBy("this")
  private void dropOver() {
    Predicate<TokenRevocation> isOver = this::isOver;
    byClaim.values().forEach(each -> each.values().removeIf(isOver));
    byClaim.values().removeIf(Map::isEmpty);
    count = byClaim.values().stream().mapToInt(Map::size).sum();
  }

  /** Returns those that have to be known by a server that comes new. */
  public List<TokenRevocation> inForce() {
    List<TokenRevocation> all = new ArrayList<>();
    byClaim.values().forEach(each -> all.addAll(each.values()));
    all.removeIf(this::isOver);
    return all;
  }

  /** Takes revoked tokens from the sockets; returns from how many. Not for an event loop. */
  public long takeFromSockets() {
    return sockets.getAsLong();
  }
}
