// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server can be told when it is made. Immutable; {@link #builder} gives the defaults that
 * SocketCluster documents for {@code AGServer}, safe ones where it has none.
 */
public final class AGServerOptions {
  private final Builder values;

  private AGServerOptions(Builder values) {
    this.values = values;
  }

  /** Returns the defaults; without an {@code authKey} each server makes a random one. */
  public static AGServerOptions defaults() {
    return builder().build();
  }

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that holds these options. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** Returns the key that signs and verifies tokens, or null for a random one: a secret. */
  public @Nullable String authKey() {
    return values.authKey;
  }

  /** Returns how long a token is valid unless it says so itself. */
  public Duration authDefaultExpiry() {
    return values.authDefaultExpiry;
  }

  /** Returns the algorithm that signs and verifies tokens. */
  public String authAlgorithm() {
    return values.authAlgorithm;
  }

  /** Returns the address to listen on, or null for all. */
  public @Nullable String host() {
    return values.host;
  }

  /** Returns the path under which clients connect. */
  public String path() {
    return values.path;
  }

  /** Returns the origins that may connect, as {@code host:port} with {@code *} for any. */
  public List<String> origins() {
    return values.origins;
  }

  /** Returns how long a connection may take until its handshake is complete. */
  public Duration handshakeTimeout() {
    return values.handshakeTimeout;
  }

  /** Returns how long an answer to an invoke is waited for. */
  public Duration ackTimeout() {
    return values.ackTimeout;
  }

  /** Returns how often a socket is pinged. */
  public Duration pingInterval() {
    return values.pingInterval;
  }

  /** Returns how long a socket may be silent before it is closed with 4001. */
  public Duration pingTimeout() {
    return values.pingTimeout;
  }

  /** Returns how many channels a socket can subscribe to. */
  public int socketChannelLimit() {
    return values.socketChannelLimit;
  }

  /** Returns whether clients can publish. */
  public boolean allowClientPublish() {
    return values.allowClientPublish;
  }

  /** Returns whether what a middleware blocks shows as an {@code error} of the socket. */
  public boolean middlewareEmitFailures() {
    return values.middlewareEmitFailures;
  }

  /** Returns the largest message in bytes that a client may send. */
  public int maxPayload() {
    return values.maxPayload;
  }

  /** Returns how many bytes of a socket's messages may wait for a middleware or the broker. */
  public int inboundBufferLimit() {
    return values.inboundBufferLimit;
  }

  /** Returns how many bytes may wait for a socket to read them. */
  public int outboundBufferLimit() {
    return values.outboundBufferLimit;
  }

  /** Returns what happens when more bytes wait than that. */
  public SlowConsumerPolicy slowConsumerPolicy() {
    return values.slowConsumerPolicy;
  }

  /** Returns how many event loops a listening server uses. */
  public int eventLoops() {
    return values.eventLoops;
  }

  /** Returns the broker, or null for the embedded one. */
  public @Nullable AGBrokerEngine brokerEngine() {
    return values.brokerEngine;
  }

  /** Returns what answers plain HTTP requests of a listening server. */
  public HttpHandler httpHandler() {
    return values.httpHandler;
  }

  /** Sets options one by one; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration LONGEST_EXPIRY = Duration.ofDays(36_500);

    /** JavaScript's clients count the ping timeout in 31 bits of milliseconds: not 25 days. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

    private @Nullable String authKey;
    private Duration authDefaultExpiry = Duration.ofDays(1);
    private String authAlgorithm = "HS256";
    private @Nullable String host;
    private String path = "/socketcluster/";
    private List<String> origins = List.of("*:*");
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration ackTimeout = Duration.ofSeconds(10);
    private Duration pingInterval = Duration.ofSeconds(8);
    private Duration pingTimeout = Duration.ofSeconds(20);
    private int socketChannelLimit = 1000;
    private boolean allowClientPublish = true;
    private boolean middlewareEmitFailures = true;
    private int maxPayload = MEBIBYTE;
    private int inboundBufferLimit = MEBIBYTE;
    private int outboundBufferLimit = 4 * MEBIBYTE;
    private SlowConsumerPolicy slowConsumerPolicy = SlowConsumerPolicy.DISCONNECT;
    private int eventLoops = Runtime.getRuntime().availableProcessors();
    private @Nullable AGBrokerEngine brokerEngine;
    private HttpHandler httpHandler = HttpHandler.NONE;

    private Builder() {}

    private Builder(Builder other) {
      authKey = other.authKey;
      authDefaultExpiry = other.authDefaultExpiry;
      authAlgorithm = other.authAlgorithm;
      host = other.host;
      path = other.path;
      origins = other.origins;
      handshakeTimeout = other.handshakeTimeout;
      ackTimeout = other.ackTimeout;
      pingInterval = other.pingInterval;
      pingTimeout = other.pingTimeout;
      socketChannelLimit = other.socketChannelLimit;
      allowClientPublish = other.allowClientPublish;
      middlewareEmitFailures = other.middlewareEmitFailures;
      maxPayload = other.maxPayload;
      inboundBufferLimit = other.inboundBufferLimit;
      outboundBufferLimit = other.outboundBufferLimit;
      slowConsumerPolicy = other.slowConsumerPolicy;
      eventLoops = other.eventLoops;
      brokerEngine = other.brokerEngine;
      httpHandler = other.httpHandler;
    }

    /**
     * Sets the secret that signs and verifies tokens, of which UTF-8 makes bytes: at least 32 for
     * HS256, 48 for HS384, 64 for HS512.
     */
    public Builder authKey(String authKey) {
      this.authKey = Objects.requireNonNull(authKey, "authKey");
      return this;
    }

    /** Sets how long a token is valid unless it says so itself: a second to 36500 days. */
    public Builder authDefaultExpiry(Duration authDefaultExpiry) {
      this.authDefaultExpiry = authDefaultExpiry;
      return this;
    }

    /** Sets the algorithm that signs and verifies tokens: HS256, HS384 or HS512. */
    public Builder authAlgorithm(String authAlgorithm) {
      this.authAlgorithm = authAlgorithm;
      return this;
    }

    /** Sets the address to listen on. */
    public Builder host(String host) {
      this.host = Objects.requireNonNull(host, "host");
      return this;
    }

    /** Sets the path under which clients connect; it begins with a slash. */
    public Builder path(String path) {
      this.path = path;
      return this;
    }

    /** Sets the origins that may connect: {@code host:port}, {@code host:*}, {@code *:port}. */
    public Builder origins(String... origins) {
      this.origins = OptionChecks.listOf("origins", origins);
      return this;
    }

    /** Sets how long a connection may take until its handshake is complete: 1 ms to 24 days. */
    public Builder handshakeTimeout(Duration handshakeTimeout) {
      this.handshakeTimeout = handshakeTimeout;
      return this;
    }

    /** Sets how long an answer to an invoke is waited for: 1 ms to 24 days. */
    public Builder ackTimeout(Duration ackTimeout) {
      this.ackTimeout = ackTimeout;
      return this;
    }

    /** Sets how often a socket is pinged: every 1 ms to 24 days. */
    public Builder pingInterval(Duration pingInterval) {
      this.pingInterval = pingInterval;
      return this;
    }

    /** Sets how long a socket may be silent: longer than the ping interval, 24 days at most. */
    public Builder pingTimeout(Duration pingTimeout) {
      this.pingTimeout = pingTimeout;
      return this;
    }

    /** Sets how many channels a socket can subscribe to; one or more. */
    public Builder socketChannelLimit(int socketChannelLimit) {
      this.socketChannelLimit = socketChannelLimit;
      return this;
    }

    /** Sets whether clients can publish. */
    public Builder allowClientPublish(boolean allowClientPublish) {
      this.allowClientPublish = allowClientPublish;
      return this;
    }

    /** Sets whether what a middleware blocks shows as an {@code error} of the socket. */
    public Builder middlewareEmitFailures(boolean middlewareEmitFailures) {
      this.middlewareEmitFailures = middlewareEmitFailures;
      return this;
    }

    /** Sets the largest message in bytes that a client may send; a larger one closes with 1009. */
    public Builder maxPayload(int maxPayload) {
      this.maxPayload = maxPayload;
      return this;
    }

    /** Sets how many bytes of a socket's messages may wait; past that its reading pauses. */
    public Builder inboundBufferLimit(int inboundBufferLimit) {
      this.inboundBufferLimit = inboundBufferLimit;
      return this;
    }

    /** Sets how many bytes may wait for a socket to read them. */
    public Builder outboundBufferLimit(int outboundBufferLimit) {
      this.outboundBufferLimit = outboundBufferLimit;
      return this;
    }

    /** Sets what happens when more bytes wait than that. */
    public Builder slowConsumerPolicy(SlowConsumerPolicy slowConsumerPolicy) {
      this.slowConsumerPolicy = slowConsumerPolicy;
      return this;
    }

    /** Sets how many event loops a listening server uses; one for each core by default. */
    public Builder eventLoops(int eventLoops) {
      this.eventLoops = eventLoops;
      return this;
    }

    /** Sets the broker. */
    public Builder brokerEngine(AGBrokerEngine brokerEngine) {
      this.brokerEngine = Objects.requireNonNull(brokerEngine, "brokerEngine");
      return this;
    }

    /** Sets what answers plain HTTP requests of a listening server. */
    public Builder httpHandler(HttpHandler httpHandler) {
      this.httpHandler = Objects.requireNonNull(httpHandler, "httpHandler");
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError when one of them is refused; it says which, its value and what is
     *     allowed
     */
    public AGServerOptions build() {
      OptionChecks.oneOf("authAlgorithm", authAlgorithm, List.of("HS256", "HS384", "HS512"));
      OptionChecks.authKey(authKey, authAlgorithm);
      OptionChecks.within(
          "authDefaultExpiry", authDefaultExpiry, Duration.ofSeconds(1), LONGEST_EXPIRY);
      OptionChecks.path("path", path);
      OptionChecks.notEmpty("origins", origins);
      timeout("handshakeTimeout", handshakeTimeout);
      timeout("ackTimeout", ackTimeout);
      timeout("pingInterval", pingInterval);
      timeout("pingTimeout", pingTimeout);
      OptionChecks.longer("pingTimeout", pingTimeout, "pingInterval", pingInterval);
      OptionChecks.atLeast("socketChannelLimit", socketChannelLimit, 1);
      OptionChecks.atLeast("maxPayload", maxPayload, 1024);
      OptionChecks.atLeast("inboundBufferLimit", inboundBufferLimit, 1024);
      OptionChecks.atLeast("outboundBufferLimit", outboundBufferLimit, 1024);
      OptionChecks.given(
          "slowConsumerPolicy",
          slowConsumerPolicy,
          List.of(SlowConsumerPolicy.values()).toString());
      OptionChecks.atLeast("eventLoops", eventLoops, 1);
      return new AGServerOptions(new Builder(this));
    }

    private static void timeout(String name, Duration value) {
      OptionChecks.within(name, value, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    }
  }
}
