// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import io.socketcluster.core.options.OptionChecks;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;

/** The limits of a {@link Store}. Immutable. */
public final class StoreOptions {
  /** The defaults. */
  public static final StoreOptions DEFAULT = builder().build();

  private final Builder values;

  private StoreOptions(Builder values) {
    this.values = values;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the largest number of first keys. */
  public int keyLimit() {
    return values.keyLimit;
  }

  /** Returns the largest size of all values together, in bytes. */
  public long byteLimit() {
    return values.byteLimit;
  }

  /** Returns the largest size of everything below one first key, in bytes. */
  public int valueLimit() {
    return values.valueLimit;
  }

  /** Returns the largest depth of a value, counted from its first key. */
  public int depthLimit() {
    return values.depthLimit;
  }

  /** Returns the largest number of characters of a key. */
  public int keyLengthLimit() {
    return values.keyLengthLimit;
  }

  /** Returns the time that a verb may take. */
  public Duration timeout() {
    return values.timeout;
  }

  /** Sets the limits one by one; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final int MOST_KEYS = 100_000_000;
    private static final long MOST_BYTES = 1L << 40;
    private static final int LARGEST_VALUE = 256 << 20;
    private static final int DEEPEST = 500;
    private static final int LONGEST_KEY = 65_536;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

    private int keyLimit = 100_000;
    private long byteLimit = 64L << 20;
    private int valueLimit = 1 << 20;
    private int depthLimit = 32;
    private int keyLengthLimit = 1024;
    private Duration timeout = Duration.ofSeconds(10);

    private Builder() {}

    private Builder(Builder other) {
      keyLimit = other.keyLimit;
      byteLimit = other.byteLimit;
      valueLimit = other.valueLimit;
      depthLimit = other.depthLimit;
      keyLengthLimit = other.keyLengthLimit;
      timeout = other.timeout;
    }

    /**
     * Sets how many first keys the store may have, 1 to 100,000,000. A store outside of this
     * process has limits of its own instead; there, {@link Store#getAll} and {@link Store#keys}
     * fail above it. Default: 100,000.
     */
    public Builder keyLimit(int most) {
      keyLimit = most;
      return this;
    }

    /**
     * Sets the size of all values together, in bytes of JSON, 1 to 1 TiB; in memory they take about
     * five times as much. A store outside of this process has limits of its own instead; there,
     * {@link Store#getAll} fails above it. Default: 64 MiB.
     */
    public Builder byteLimit(long most) {
      byteLimit = most;
      return this;
    }

    /**
     * Sets the size of everything below one first key, in bytes of JSON, 1 to 268,435,456. Default:
     * 1 MiB.
     */
    public Builder valueLimit(int most) {
      valueLimit = most;
      return this;
    }

    /**
     * Sets how deep values may be nested below their first key, which is also how many keys a path
     * may have, 1 to 500. Default: 32.
     */
    public Builder depthLimit(int most) {
      depthLimit = most;
      return this;
    }

    /** Sets how many characters a key of a path may have, 1 to 65,536. Default: 1,024. */
    public Builder keyLengthLimit(int most) {
      keyLengthLimit = most;
      return this;
    }

    /** Sets how long a verb may take, 1 ms to 1 hour. Default: 10 s. */
    public Builder timeout(Duration longest) {
      timeout = longest;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError if an option is refused; the message names it, its value and the
     *     allowed values
     */
    public StoreOptions build() {
      OptionChecks.count("keyLimit", keyLimit, MOST_KEYS);
      if (byteLimit < 1 || byteLimit > MOST_BYTES) {
        throw OptionChecks.refused("byteLimit", byteLimit, "1 to " + MOST_BYTES);
      }
      OptionChecks.count("valueLimit", valueLimit, LARGEST_VALUE);
      OptionChecks.count("depthLimit", depthLimit, DEEPEST);
      OptionChecks.count("keyLengthLimit", keyLengthLimit, LONGEST_KEY);
      OptionChecks.time("timeout", timeout, SHORTEST_TIMEOUT);
      return new StoreOptions(new Builder(this));
    }
  }
}
