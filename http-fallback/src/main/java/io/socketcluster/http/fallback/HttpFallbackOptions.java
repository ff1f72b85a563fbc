// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.OptionChecks;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGEndpoint;
import java.time.Duration;

/** The options of {@link HttpFallback}. Immutable. */
public final class HttpFallbackOptions {
  private final Builder values;

  private HttpFallbackOptions(Builder values) {
    this.values = values;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with these options. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** Returns the endpoint: the path below which the requests go, the codec and the version. */
  public AGEndpoint endpoint() {
    return values.endpoint;
  }

  /** Returns how long a session lasts between two requests. */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /** Returns how long a poll is held before it is answered without a message. */
  public Duration pollDuration() {
    return values.pollDuration;
  }

  /** Returns whether a session may change to a WebSocket. */
  public boolean webSocket() {
    return values.webSocket;
  }

  /** Returns the most bytes that the body of a request may have. */
  public int maxRequestBody() {
    return values.maxRequestBody;
  }

  /** Returns how many sessions there may be. */
  public int maxSessions() {
    return values.maxSessions;
  }

  /** Returns how many sessions one address may have. */
  public int maxSessionsPerAddress() {
    return values.maxSessionsPerAddress;
  }

  /** Returns how many streams and polls of one address may be held. */
  public int maxStreamsPerAddress() {
    return values.maxStreamsPerAddress;
  }

  /** Builds options; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final Duration LEAST = Duration.ofMillis(100);

    /** The server closes connections that are not answered within a minute. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(50);

    private AGEndpoint endpoint = AGEndpoint.of("/socketcluster-http/");
    private Duration closeTimeout = Duration.ofSeconds(15);
    private Duration pollDuration = Duration.ofSeconds(25);
    private boolean webSocket = true;
    private int maxRequestBody = 1024 * 1024;
    private int maxSessions = 100_000;
    private int maxSessionsPerAddress = 10_000;
    private int maxStreamsPerAddress = 10_000;

    private Builder() {}

    private Builder(Builder other) {
      endpoint = other.endpoint;
      closeTimeout = other.closeTimeout;
      pollDuration = other.pollDuration;
      webSocket = other.webSocket;
      maxRequestBody = other.maxRequestBody;
      maxSessions = other.maxSessions;
      maxSessionsPerAddress = other.maxSessionsPerAddress;
      maxStreamsPerAddress = other.maxStreamsPerAddress;
    }

    /**
     * Sets the endpoint. Its path, which begins and ends with a slash, is the directory of the
     * script and of all requests; its codec and protocol version are those of the endpoint that the
     * fallback stands in for. Default: {@code /socketcluster-http/} with JSON.
     */
    public Builder endpoint(AGEndpoint given) {
      endpoint = given;
      return this;
    }

    /** Sets the path of the endpoint and leaves its other settings as they are. */
    public Builder path(String path) {
      AGEndpoint before = endpoint;
      CodecEngine codec = before.codecEngine();
      ProtocolVersion version = before.protocolVersion();
      endpoint =
          AGEndpoint.of(path)
              .withCodecEngine(codec)
              .withProtocolVersion(version)
              .withPingsThroughCodec(before.pingsThroughCodec());
      return this;
    }

    /**
     * Sets how long a session lasts while no request carries its messages: a client that returns
     * within this time misses nothing. Default: 15 s.
     */
    public Builder closeTimeout(Duration given) {
      closeTimeout = given;
      return this;
    }

    /**
     * Sets how long a poll is held before it is answered without a message: at most 50 s, and less
     * than the timeouts of proxies. Default: 25 s.
     */
    public Builder pollDuration(Duration given) {
      pollDuration = given;
      return this;
    }

    /** Sets whether a session may change to a WebSocket once a WebSocket works. Default: true. */
    public Builder webSocket(boolean allowed) {
      webSocket = allowed;
      return this;
    }

    /**
     * Sets the most bytes that the body of a request may have. A client closes with 1009 when a
     * message is longer. Default: 1 MiB, the limit of nginx and the default of {@code maxPayload}.
     */
    public Builder maxRequestBody(int bytes) {
      maxRequestBody = bytes;
      return this;
    }

    /** Sets how many sessions there may be. Default: 100,000. */
    public Builder maxSessions(int most) {
      maxSessions = most;
      return this;
    }

    /**
     * Sets how many sessions one address may have: an address of IPv4, or a /64 network of IPv6.
     * Default: 10,000, for proxies that are not among {@code trustedProxies}.
     */
    public Builder maxSessionsPerAddress(int most) {
      maxSessionsPerAddress = most;
      return this;
    }

    /** Sets how many streams and polls of one address may be held. Default: 10,000. */
    public Builder maxStreamsPerAddress(int most) {
      maxStreamsPerAddress = most;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError when a value is not allowed; the message names the option, its
     *     value and what is allowed
     */
    public HttpFallbackOptions build() {
      String path = endpoint.path();
      if (!path.startsWith("/") || !path.endsWith("/") || path.indexOf('?') >= 0) {
        throw OptionChecks.refused(
            "path", path, "a path that begins and ends with / and has no query");
      }
      if (endpoint.protocolVersion() == ProtocolVersion.V0) {
        throw OptionChecks.refused("protocolVersion", ProtocolVersion.V0, "V1, V2 and DETECT");
      }
      OptionChecks.time("closeTimeout", closeTimeout, LEAST);
      OptionChecks.time("pollDuration", pollDuration, LEAST);
      if (pollDuration.compareTo(LONGEST_POLL) > 0) {
        throw OptionChecks.refused(
            "pollDuration", pollDuration, "at most 50 s, for proxies cut longer ones");
      }
      OptionChecks.count("maxRequestBody", maxRequestBody);
      OptionChecks.count("maxSessions", maxSessions);
      OptionChecks.count("maxSessionsPerAddress", maxSessionsPerAddress);
      OptionChecks.count("maxStreamsPerAddress", maxStreamsPerAddress);
      return new HttpFallbackOptions(new Builder(this));
    }
  }
}
