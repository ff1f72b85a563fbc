// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.socketcluster.protocol.EncodedValue;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.internal.wire.WaitingRule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of the publishes of one channel that wait for slow clients, by its policy.
 * Immutable.
 *
 * @param keyProperty the property of the data that is the key of a publish, or null
 */
record ChannelWaiting(String channel, WaitingRule rule, @Nullable String keyProperty) {
  /** A key is not looked for in longer data. */
  private static final int LONGEST_DATA = 16_384;

  private static final int LONGEST_KEY = 256;

  /** Returns that of a channel, or null if the policy of the server holds. */
  static @Nullable ChannelWaiting of(String channel, @Nullable ChannelPolicy policy) {
    if (policy == null || (policy.slowConsumerPolicy() == null && policy.conflationKey() == null)) {
      return null;
    }
    WaitingRule rule = WaitingRule.of(policyOf(policy.slowConsumerPolicy()));
    return new ChannelWaiting(channel, rule, policy.conflationKey());
  }

  private static @Nullable SlowConsumerPolicy policyOf(
      ChannelPolicy.@Nullable SlowConsumers ofChannel) {
    return switch (ofChannel) {
      case null -> null;
      case DISCONNECT -> SlowConsumerPolicy.DISCONNECT;
      case DROP_OLDEST -> SlowConsumerPolicy.DROP_OLDEST;
      case DROP_NEWEST -> SlowConsumerPolicy.DROP_NEWEST;
    };
  }

  /** Returns the rule of one publish. */
  WaitingRule about(@Nullable Payload data) {
    return keyProperty == null || data == null ? rule : rule.withKey(new KeyOf(data, keyProperty));
  }

  /** Looks for the key when the publish has to wait. Any event loop: each finds the same. */
  private final class KeyOf implements WaitingRule.Keyed {
    private final Payload data;
    private final String property;
    private WaitingRule.@Nullable Key found; // read behind isLookedFor only
    private volatile boolean isLookedFor;

    KeyOf(Payload data, String property) {
      this.data = data;
      this.property = property;
    }

    @Override
    public WaitingRule.@Nullable Key key() {
      if (!isLookedFor) {
        found = find();
        isLookedFor = true;
      }
      return found;
    }

    private WaitingRule.@Nullable Key find() {
      if (isLong()) {
        return null;
      }
      JsonNode value = data.node().get(property);
      if (value == null || value.isContainer() || value.isNull()) {
        return null;
      }
      String text = value.toString();
      return text.length() > LONGEST_KEY ? null : new WaitingRule.Key(channel, text);
    }

    /** In the form in which the value came, if possible: to learn its size as JSON decodes it. */
    private boolean isLong() {
      EncodedValue encoded = data.encoded();
      int size = encoded == null ? 0 : encoded.size();
      return (size == 0 ? data.size() : size) > LONGEST_DATA;
    }
  }
}
