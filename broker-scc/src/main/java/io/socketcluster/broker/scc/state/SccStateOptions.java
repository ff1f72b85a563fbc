// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.TlsOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options of a state server. Immutable. */
public final class SccStateOptions {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** No key, no TLS, and the delays of {@code scc-state}. */
  public static final SccStateOptions DEFAULT = builder().build(); // behind what it needs

  private final @Nullable String host;
  private final @Nullable String authKey;
  private final @Nullable TlsOptions tls;
  private final Set<Integer> versions;
  private final List<String> trustedProxies;
  private final Delays delays;

  /** How long the state server waits. */
  record Delays(Duration startup, Duration scaleOut, Duration scaleBack, Duration retry) {}

  private SccStateOptions(Builder builder) {
    host = builder.host;
    authKey = builder.authKey;
    tls = builder.tls;
    versions = builder.versions;
    trustedProxies = builder.trustedProxies;
    delays = new Delays(builder.startup, builder.scaleOut, builder.scaleBack, builder.retry);
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Nullable String host() {
    return host;
  }

  @Nullable String authKey() {
    return authKey;
  }

  @Nullable TlsOptions tls() {
    return tls;
  }

  Set<Integer> versions() {
    return versions;
  }

  List<String> trustedProxies() {
    return trustedProxies;
  }

  Delays delays() {
    return delays;
  }

  /** Sets the options one by one; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private @Nullable String host;
    private @Nullable String authKey;
    private @Nullable TlsOptions tls;
    private Set<Integer> versions = Set.of(9, 10);
    private List<String> trustedProxies = List.of();
    private Duration startup = Duration.ofSeconds(5);
    private Duration scaleOut = Duration.ofSeconds(5);
    private Duration scaleBack = Duration.ofSeconds(1);
    private Duration retry = Duration.ofSeconds(2);

    private Builder() {}

    /** Sets the address to listen on. Default, and null: all addresses of the machine. */
    public Builder host(@Nullable String value) {
      host = value;
      return this;
    }

    /** Sets the key that every instance has to show. Default, and null: anybody may join. */
    public Builder authKey(@Nullable String value) {
      authKey = value;
      return this;
    }

    /** Sets the certificate, for instances that connect with TLS. Default, and null: no TLS. */
    public Builder tls(@Nullable TlsOptions value) {
      tls = value;
      return this;
    }

    /** Sets the major versions of instances that may join. Default: 9 and 10. */
    public Builder versions(int... majors) {
      versions = Arrays.stream(majors).boxed().collect(Collectors.toUnmodifiableSet());
      return this;
    }

    /**
     * Sets the proxies whose statement about the address of an instance is believed, as {@code
     * trustedProxies} of a server's options. Default: none.
     */
    public Builder trustedProxies(String... networks) {
      trustedProxies = List.of(networks);
      return this;
    }

    /** Sets how long the first workers wait for the first brokers. Default: 5 seconds. */
    public Builder startupDelay(Duration value) {
      startup = value;
      return this;
    }

    /** Sets how long the workers are not told that instances have joined. Default: 5 seconds. */
    public Builder scaleOutDelay(Duration value) {
      scaleOut = value;
      return this;
    }

    /** Sets how long the workers are not told that instances have left. Default: 1 second. */
    public Builder scaleBackDelay(Duration value) {
      scaleBack = value;
      return this;
    }

    /** Sets when a worker that has not answered is told again. Default: 2 seconds. */
    public Builder retryDelay(Duration value) {
      retry = value;
      return this;
    }

    /**
     * Builds the options.
     *
     * @throws InvalidOptionsError if a value is out of its range
     */
    public SccStateOptions build() {
      check("startupDelay", startup, Duration.ZERO);
      check("scaleOutDelay", scaleOut, Duration.ZERO);
      check("scaleBackDelay", scaleBack, Duration.ZERO);
      check("retryDelay", retry, Duration.ofMillis(10));
      if (versions.isEmpty() || versions.stream().anyMatch(each -> each < 0)) {
        throw new InvalidOptionsError(
            "versions is " + versions + "; allowed: 0 or more, at least one");
      }
      if (authKey != null && authKey.isEmpty()) {
        throw new InvalidOptionsError("authKey is empty; allowed: any other text, or none");
      }
      return new SccStateOptions(this);
    }

    private static void check(String name, Duration value, Duration least) {
      if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
        throw new InvalidOptionsError(
            name + " is " + value + "; allowed: " + least + " to " + LONGEST);
      }
    }
  }
}
