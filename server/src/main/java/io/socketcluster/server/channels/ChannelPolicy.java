// SPDX-License-Identifier: MIT
package io.socketcluster.server.channels;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** History, presence, slow readers and deltas for the channels of a pattern. Immutable. */
public final class ChannelPolicy {
  private static final long MEBIBYTE = 1 << 20;
  private static final long TOTAL = 64 * MEBIBYTE;

  private final int historySize;
  private final Duration historyAge;
  private final long historyBytes;
  private final long totalHistoryBytes;
  private final HistoryStore historyStore;
  private final @Nullable String presenceClaim;
  private final @Nullable SlowConsumers slowConsumerPolicy;
  private final @Nullable String conflationKey;
  private final boolean deltas;
  private final long totalDeltaBytes;

  /** What happens when a message of a channel has no room among those that wait for a client. */
  public enum SlowConsumers {
    /** The socket is closed with 4010. Its client reconnects and knows that it missed messages. */
    DISCONNECT,
    /** The oldest queued publishes are dropped. */
    DROP_OLDEST,
    /** New publishes are dropped until there is room. */
    DROP_NEWEST
  }

  /** Where the history of a channel is kept. */
  public enum HistoryStore {
    /** In the memory of each server, which has a history of its own. */
    MEMORY,
    /** At the broker that joins the servers: one history for all of them. */
    BROKER
  }

  private ChannelPolicy(Builder builder) {
    historySize = builder.historySize;
    historyAge = builder.historyAge;
    historyBytes = builder.historyBytes;
    totalHistoryBytes = builder.total();
    historyStore = builder.historyStore;
    presenceClaim = builder.presenceClaim;
    slowConsumerPolicy = builder.slowConsumerPolicy;
    conflationKey = builder.conflationKey;
    deltas = builder.deltas;
    totalDeltaBytes = builder.totalDeltaBytes;
  }

  /** Returns a builder with the default of every option: a history of 1,000 messages. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a policy with a history of so many messages, and the defaults otherwise. */
  public static ChannelPolicy history(int size, Duration age) {
    return builder().historySize(size).historyAge(age).build();
  }

  /** Returns how many messages of a channel are kept. */
  public int historySize() {
    return historySize;
  }

  /** Returns how long a message is kept. */
  public Duration historyAge() {
    return historyAge;
  }

  /** Returns how many bytes of memory the history of one channel takes at most. */
  public long historyBytes() {
    return historyBytes;
  }

  /** Returns how many bytes of memory the histories of all channels of the pattern may take. */
  public long totalHistoryBytes() {
    return totalHistoryBytes;
  }

  /** Returns where the history is kept. */
  public HistoryStore historyStore() {
    return historyStore;
  }

  /** Returns the claim of the auth token that names a user, or null without presence. */
  public @Nullable String presenceClaim() {
    return presenceClaim;
  }

  /** Returns the policy for slow readers of these channels, or null for that of the server. */
  public @Nullable SlowConsumers slowConsumerPolicy() {
    return slowConsumerPolicy;
  }

  /** Returns the property of the data by which messages are conflated, or null. */
  public @Nullable String conflationKey() {
    return conflationKey;
  }

  /** Returns whether subscribers may ask for the difference to the value before. */
  public boolean deltas() {
    return deltas;
  }

  /** Returns how many bytes of memory the last values of all channels of the pattern may take. */
  public long totalDeltaBytes() {
    return totalDeltaBytes;
  }

  /** Sets the options of a {@link ChannelPolicy}. Not thread-safe. */
  public static final class Builder {
    private int historySize = 1_000;
    private Duration historyAge = Duration.ofMinutes(5);
    private long historyBytes = MEBIBYTE;
    private @Nullable Long totalHistoryBytes;
    private HistoryStore historyStore = HistoryStore.MEMORY;
    private @Nullable String presenceClaim;
    private @Nullable SlowConsumers slowConsumerPolicy;
    private @Nullable String conflationKey;
    private boolean deltas;
    private long totalDeltaBytes = 16 * MEBIBYTE;

    private Builder() {}

    /** Sets how many messages of a channel are kept: 1,000 by default; 0 for no history. */
    public Builder historySize(int messages) {
      historySize = messages;
      return this;
    }

    /**
     * Sets how long a message is kept: from one second to 365 days; five minutes by default. A
     * client that was away for longer may be told of a gap even if nothing was published.
     */
    public Builder historyAge(Duration age) {
      historyAge = Objects.requireNonNull(age, "age");
      return this;
    }

    /**
     * Sets how many bytes of memory the history of one channel takes at most: 1,024 or more; 1 MiB
     * by default. Each message counts with 100 bytes besides its data.
     */
    public Builder historyBytes(long bytes) {
      historyBytes = bytes;
      return this;
    }

    /**
     * Sets how many bytes of memory the histories of all channels of the pattern take together:
     * {@code historyBytes} or more; by default 64 MiB, or {@code historyBytes} if that is more.
     * Above that, the channels that were used least recently lose their messages.
     */
    public Builder totalHistoryBytes(long bytes) {
      totalHistoryBytes = bytes;
      return this;
    }

    /**
     * Sets where the history is kept: in the memory of each server by default. With {@link
     * HistoryStore#BROKER} a client continues on any server, also after all servers were restarted,
     * and the subscribers on all servers receive the messages of the channel in one order. Each
     * message goes through the broker, so a publish fails with a {@code BrokerError} while the
     * broker is away. {@code historySize}, {@code historyAge} and {@code historyBytes} bound what
     * the broker keeps; a server keeps a copy of the newest messages within {@code
     * totalHistoryBytes}. All servers need the same policy.
     */
    public Builder historyStore(HistoryStore store) {
      historyStore = Objects.requireNonNull(store, "store");
      return this;
    }

    /**
     * Lets the subscribers of a channel know who else is subscribed: they subscribe to {@code
     * #presence/CHANNEL}.
     *
     * @param claim the claim of the auth token that names a user; sockets without it are counted
     */
    public Builder presenceClaim(String claim) {
      presenceClaim = Objects.requireNonNull(claim, "claim");
      return this;
    }

    /**
     * Sets what happens when a message of these channels has no room among those that wait for a
     * slow client: by default that which the server's option {@code slowConsumerPolicy} says.
     * Messages of a channel with {@link SlowConsumers#DISCONNECT} are never dropped; those of other
     * channels may be, to make room. A subscriber with a position is always disconnected.
     */
    public Builder slowConsumerPolicy(SlowConsumers policy) {
      slowConsumerPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Conflates what waits for a slow client: of messages whose data has the same value of this
     * property, only the newest waits, in the place of the first. A client that reads fast receives
     * every message, and so does a subscriber with a position. Not conflated are messages without
     * the property, with more than 16,384 bytes of data or 256 characters of the value, and those
     * that wait for a middleware or a batch.
     *
     * @param property the name of a property at the top of the data, as in {@code {"symbol": "A",
     *     "price": 7}}; its value is a string, a number or a boolean
     */
    public Builder conflationKey(String property) {
      conflationKey = Objects.requireNonNull(property, "property");
      return this;
    }

    /**
     * Lets subscribers ask for the difference to the value before, instead of the whole value; off
     * by default. Each message is an object or an array, and replaces the one before it; with a
     * {@link #conflationKey}, the one before it with the same key. A client that asks has {@code
     * delta: 'json-patch'} in the data of its subscription. The others receive whole values as
     * ever. Differences are those of RFC 6902. A whole value is sent where no shorter difference is
     * found in about a millisecond, for values of more than 16,384 bytes of JSON, to slow clients
     * whose messages may be dropped, and at the beginning.
     */
    public Builder deltas(boolean mayBeAskedFor) {
      deltas = mayBeAskedFor;
      return this;
    }

    /**
     * Sets how many bytes of memory the last values of all channels of the pattern take together:
     * 65,536 or more; 16 MiB by default. A channel keeps them while it has subscribers that asked
     * for differences, up to 1,000 keys. Values that have no room are sent as they are.
     */
    public Builder totalDeltaBytes(long bytes) {
      totalDeltaBytes = bytes;
      return this;
    }

    /**
     * Returns the policy.
     *
     * @throws InvalidOptionsError if an option is out of its range
     */
    public ChannelPolicy build() {
      check("historySize", historySize, 0, Integer.MAX_VALUE);
      check("historyAge in seconds", historyAge.toSeconds(), 1, Duration.ofDays(365).toSeconds());
      check("historyBytes", historyBytes, 1_024, Long.MAX_VALUE);
      check("totalHistoryBytes", total(), historyBytes, Long.MAX_VALUE);
      check("totalDeltaBytes", totalDeltaBytes, 65_536, Long.MAX_VALUE);
      checkName("presenceClaim", presenceClaim);
      checkName("conflationKey", conflationKey);
      return new ChannelPolicy(this);
    }

    private long total() {
      return totalHistoryBytes == null ? Math.max(historyBytes, TOTAL) : totalHistoryBytes;
    }

    private static void check(String name, long value, long least, long most) {
      if (value < least || value > most) {
        throw new InvalidOptionsError(
            name + " is " + value + "; allowed: from " + least + " to " + most);
      }
    }

    private static void checkName(String option, @Nullable String name) {
      if (name != null && name.isEmpty()) {
        throw new InvalidOptionsError(option + " is an empty string; allowed: a name");
      }
    }
  }
}
