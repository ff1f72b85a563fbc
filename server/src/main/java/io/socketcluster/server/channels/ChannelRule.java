// SPDX-License-Identifier: MIT
package io.socketcluster.server.channels;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.util.Objects;

/** Says who may subscribe and publish to the channels of a pattern. Immutable. */
public final class ChannelRule {
  private final ChannelAccess subscribe;
  private final ChannelAccess publish;
  private final boolean subscribeToPattern;

  private ChannelRule(Builder builder) {
    subscribe = builder.subscribe;
    publish = builder.publish;
    subscribeToPattern = builder.subscribeToPattern;
  }

  /** Returns a builder of a rule that allows everything to everyone. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns who may subscribe. */
  public ChannelAccess subscribe() {
    return subscribe;
  }

  /** Returns who may publish. */
  public ChannelAccess publish() {
    return publish;
  }

  /** Returns whether clients may subscribe to the pattern as a whole. */
  public boolean subscribeToPattern() {
    return subscribeToPattern;
  }

  /** Sets the parts of a {@link ChannelRule}. Not thread-safe. */
  public static final class Builder {
    private ChannelAccess subscribe = ChannelAccess.everyone();
    private ChannelAccess publish = ChannelAccess.everyone();
    private boolean subscribeToPattern;

    private Builder() {}

    /** Sets who may subscribe: everyone by default. */
    public Builder subscribe(ChannelAccess access) {
      subscribe = Objects.requireNonNull(access, "access");
      return this;
    }

    /** Sets who may publish: everyone by default. */
    public Builder publish(ChannelAccess access) {
      publish = Objects.requireNonNull(access, "access");
      return this;
    }

    /**
     * Sets whether clients may subscribe to the pattern as a whole: for the pattern {@code room/*},
     * to the channel {@code #pattern/room/*}. What is published to any channel that matches comes
     * there as {@code {channel, data}}, to those who may subscribe to this channel at that moment.
     * Each publish then costs a second one. False by default.
     */
    public Builder subscribeToPattern(boolean allowed) {
      subscribeToPattern = allowed;
      return this;
    }

    /**
     * Returns the rule.
     *
     * @throws InvalidOptionsError if clients may subscribe to the pattern and the access to
     *     subscribe may block: it is asked about each message
     */
    public ChannelRule build() {
      if (subscribeToPattern && !subscribe.isNonBlocking()) {
        throw new InvalidOptionsError(
            "subscribeToPattern is true and subscribe may block; allowed: an access with"
                + " isNonBlocking()");
      }
      return new ChannelRule(this);
    }
  }
}
