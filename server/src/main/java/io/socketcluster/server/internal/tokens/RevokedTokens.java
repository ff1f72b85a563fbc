// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.tokens.TokenRevocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
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
  private final Map<String, Map<String, RevokedValue>> byClaim = new ConcurrentHashMap<>();

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
    for (Map.Entry<String, Map<String, RevokedValue>> each : byClaim.entrySet()) {
      JsonNode value = claims.get(each.getKey());
      RevokedValue found = value == null ? null : each.getValue().get(value.toString());
      if (found != null && found.covers(claims, clock.getAsLong())) {
        return true;
      }
    }
    return false;
  }

  /** Keeps a revocation; returns false if there are too many. */
  public synchronized boolean add(TokenRevocation added) {
    if (count >= limit) {
      dropOver();
    }
    String value = added.value().toString();
    Map<String, RevokedValue> ofClaim = byClaim.get(added.claim());
    RevokedValue known = ofClaim == null ? null : ofClaim.get(value);
    RevokedValue before = known == null ? RevokedValue.NONE : known;
    RevokedValue after = before.inForce(clock.getAsLong()).with(added);
    int more = after.count() - before.count();
    if ((more > 0 && count >= limit) || (ofClaim == null && byClaim.size() >= MOST_CLAIMS)) {
      return false;
    }
    count += more;
    byClaim.computeIfAbsent(added.claim(), name -> new ConcurrentHashMap<>()).put(value, after);
    additions = Math.max(1, additions + 1);
    return true;
  }

  @GuardedBy("this")
  private void dropOver() {
    long now = clock.getAsLong();
    for (Map<String, RevokedValue> each : byClaim.values()) {
      each.replaceAll((value, known) -> known.inForce(now));
      each.values().removeIf(known -> known.count() == 0);
    }
    byClaim.values().removeIf(Map::isEmpty);
    count = byClaim.values().stream().mapToInt(RevokedTokens::count).sum();
  }

  private static int count(Map<String, RevokedValue> ofClaim) {
    return ofClaim.values().stream().mapToInt(RevokedValue::count).sum();
  }

  /** Returns those that have to be known by a server that comes new. */
  public List<TokenRevocation> inForce() {
    long now = clock.getAsLong();
    List<TokenRevocation> inForce = new ArrayList<>();
    for (Map<String, RevokedValue> each : byClaim.values()) {
      each.values().forEach(known -> inForce.addAll(known.inForce(now).all()));
    }
    return inForce;
  }

  /** Takes revoked tokens from the sockets; returns from how many. Not for an event loop. */
  public long takeFromSockets() {
    return sockets.getAsLong();
  }
}
