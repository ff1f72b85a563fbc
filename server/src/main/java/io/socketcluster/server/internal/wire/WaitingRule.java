// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.socketcluster.server.SlowConsumerPolicy;
import org.jspecify.annotations.Nullable;

/** What becomes of a frame that waits for a slow client. Immutable. */
public final class WaitingRule {
  /** A frame for one client, which is never dropped. */
  public static final WaitingRule OWN = new WaitingRule(false, false, null, null);

  /** A publish that is never dropped. */
  public static final WaitingRule KEPT = new WaitingRule(true, false, null, null);

  /** A publish for which the policy of the server holds. */
  public static final WaitingRule PUBLISH = of(null);

  private final boolean isShared;
  private final boolean isDroppable;
  private final @Nullable SlowConsumerPolicy policy; // null for that of the server
  private final @Nullable Keyed keyed;

  /** Of publishes that wait with the same key, only the newest does. */
  public record Key(String channel, String value) {}

  /** Knows the key of a publish, and always the same. */
  @FunctionalInterface
  public interface Keyed {
    /** Returns the key, or null if there is none. */
    @Nullable Key key();
  }

  private WaitingRule(
      boolean isShared,
      boolean isDroppable,
      @Nullable SlowConsumerPolicy policy,
      @Nullable Keyed keyed) {
    this.isShared = isShared;
    this.isDroppable = isDroppable;
    this.policy = policy;
    this.keyed = keyed;
  }

  /**
   * Returns the rule of a publish.
   *
   * @param policy null for that of the server
   */
  public static WaitingRule of(@Nullable SlowConsumerPolicy policy) {
    return new WaitingRule(true, true, policy, null);
  }

  /** Returns this rule for a publish that may have a key, which is asked for when it waits. */
  public WaitingRule withKey(Keyed publish) {
    return new WaitingRule(isShared, isDroppable, policy, publish);
  }

  /** Returns the key of the publish, or null if it has none. */
  public WaitingRule.@Nullable Key key() {
    return keyed == null ? null : keyed.key();
  }

  /** Returns whether other clients are sent the same frame. */
  boolean isShared() {
    return isShared;
  }

  /** Returns the policy for the frame itself: it is not dropped if that is to disconnect. */
  public SlowConsumerPolicy policyOr(SlowConsumerPolicy ofServer) {
    if (!isDroppable) {
      return SlowConsumerPolicy.DISCONNECT;
    }
    return policy == null ? ofServer : policy;
  }
}
