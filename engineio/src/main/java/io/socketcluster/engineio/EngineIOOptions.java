// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import io.socketcluster.core.options.OptionChecks;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options of {@link EngineIO}. Immutable. */
public final class EngineIOOptions {
  private final Builder values;

  private EngineIOOptions(Builder values) {
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

  /** Returns the path of the clients' option {@code path}. */
  public String path() {
    return values.path;
  }

  /** Returns the name of the cookie with the session id that a load balancer may route by. */
  public String socketCookieName() {
    return values.socketCookieName == null
        ? "n/" + values.appName + "/io"
        : values.socketCookieName;
  }

  /** Returns the name of the cookie in which browsers keep the token. */
  public String authCookieName() {
    return values.authCookieName == null ? "n/" + values.appName + "/auth" : values.authCookieName;
  }

  /** Returns after how long clients of Engine.IO ping. */
  public Duration pingInterval() {
    return values.pingInterval;
  }

  /** Returns how long clients of Engine.IO wait for the answer to a ping. */
  public Duration pingTimeout() {
    return values.pingTimeout;
  }

  /** Returns how long a session lasts between two polls. */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /** Returns how long a poll is held before it is answered without a message. */
  public Duration pollDuration() {
    return values.pollDuration;
  }

  /** Returns whether clients may poll. */
  public boolean polling() {
    return values.polling;
  }

  /** Returns whether clients may poll by script elements. */
  public boolean jsonp() {
    return values.jsonp;
  }

  /** Returns whether clients of Engine.IO may use WebSocket. */
  public boolean webSocket() {
    return values.webSocket;
  }

  /** Returns whether only the address that opened a session may use it. */
  public boolean sessionsKeepAddress() {
    return values.sessionsKeepAddress;
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

  /** Returns how many polls of one address may be held. */
  public int maxPollsPerAddress() {
    return values.maxPollsPerAddress;
  }

  /** Builds options; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final Duration LEAST = Duration.ofMillis(100);

    /** The server closes connections that are not answered within a minute. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(50);

    private String path = "/socketcluster-1/";
    private String appName = "socketcluster";
    private @Nullable String socketCookieName;
    private @Nullable String authCookieName;
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pingTimeout = Duration.ofSeconds(60);
    private Duration closeTimeout = Duration.ofSeconds(15);
    private Duration pollDuration = Duration.ofSeconds(25);
    private boolean polling = true;
    private boolean jsonp = true;
    private boolean webSocket = true;
    private boolean sessionsKeepAddress = true;
    private int maxRequestBody = 512 * 1024;
    private int maxSessions = 100_000;
    private int maxSessionsPerAddress = 10_000;
    private int maxPollsPerAddress = 10_000;

    private Builder() {}

    private Builder(Builder other) {
      path = other.path;
      appName = other.appName;
      socketCookieName = other.socketCookieName;
      authCookieName = other.authCookieName;
      pingInterval = other.pingInterval;
      pingTimeout = other.pingTimeout;
      closeTimeout = other.closeTimeout;
      pollDuration = other.pollDuration;
      polling = other.polling;
      jsonp = other.jsonp;
      webSocket = other.webSocket;
      sessionsKeepAddress = other.sessionsKeepAddress;
      maxRequestBody = other.maxRequestBody;
      maxSessions = other.maxSessions;
      maxSessionsPerAddress = other.maxSessionsPerAddress;
      maxPollsPerAddress = other.maxPollsPerAddress;
    }

    /**
     * Sets the path of the clients' option {@code path}. It begins with a slash; clients may leave
     * a slash at its end out. Default: {@code /socketcluster-1/}.
     */
    public Builder path(String given) {
      path = given;
      return this;
    }

    /**
     * Sets the name of the application, as SocketCluster 1 had it: the cookies are called {@code
     * n/NAME/io} and {@code n/NAME/auth}. Default: {@code socketcluster}.
     */
    public Builder appName(String given) {
      appName = given;
      return this;
    }

    /** Sets the name of the cookie with the session id. Default: {@code n/APPNAME/io}. */
    public Builder socketCookieName(String given) {
      socketCookieName = given;
      return this;
    }

    /** Sets the name of the cookie with the token. Default: {@code n/APPNAME/auth}. */
    public Builder authCookieName(String given) {
      authCookieName = given;
      return this;
    }

    /** Sets after how long clients of Engine.IO ping. Default: 25 s. */
    public Builder pingInterval(Duration given) {
      pingInterval = given;
      return this;
    }

    /**
     * Sets how long clients of Engine.IO wait for the answer to a ping. The server closes a session
     * that was silent for this time and {@code pingInterval} together. Default: 60 s.
     */
    public Builder pingTimeout(Duration given) {
      pingTimeout = given;
      return this;
    }

    /** Sets how long a session lasts between two polls. Default: 15 s. */
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

    /** Sets whether clients may poll. Default: true. */
    public Builder polling(boolean allowed) {
      polling = allowed;
      return this;
    }

    /** Sets whether clients may poll by script elements. Default: true. */
    public Builder jsonp(boolean allowed) {
      jsonp = allowed;
      return this;
    }

    /**
     * Sets whether clients of Engine.IO may use WebSocket. Clients 2.2.3 to 2.2.24 have nothing
     * else. Default: true.
     */
    public Builder webSocket(boolean allowed) {
      webSocket = allowed;
      return this;
    }

    /**
     * Sets whether only the address, or the /64 network of IPv6, that opened a session may use it:
     * a client whose address changes connects again. Default: true.
     */
    public Builder sessionsKeepAddress(boolean given) {
      sessionsKeepAddress = given;
      return this;
    }

    /** Sets the most bytes that the body of a request may have. Default: 512 KiB. */
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

    /** Sets how many polls of one address may be held. Default: 10,000. */
    public Builder maxPollsPerAddress(int most) {
      maxPollsPerAddress = most;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError when a value is not allowed; the message names the option, its
     *     value and what is allowed
     */
    public EngineIOOptions build() {
      if (!path.startsWith("/") || path.indexOf('?') >= 0) {
        throw OptionChecks.refused("path", path, "a path that begins with / and has no query");
      }
      checkName("appName", appName);
      checkName("socketCookieName", socketCookieName);
      checkName("authCookieName", authCookieName);
      OptionChecks.time("pingInterval", pingInterval, LEAST);
      OptionChecks.time("pingTimeout", pingTimeout, LEAST);
      OptionChecks.time("closeTimeout", closeTimeout, LEAST);
      OptionChecks.time("pollDuration", pollDuration, LEAST);
      if (pollDuration.compareTo(LONGEST_POLL) > 0) {
        throw OptionChecks.refused(
            "pollDuration", pollDuration, "at most 50 s, for proxies cut longer ones");
      }
      if (pollDuration.compareTo(pingInterval.plus(pingTimeout)) >= 0) {
        throw OptionChecks.refused(
            "pollDuration", pollDuration, "less than pingInterval and pingTimeout together");
      }
      OptionChecks.count("maxRequestBody", maxRequestBody);
      OptionChecks.count("maxSessions", maxSessions);
      OptionChecks.count("maxSessionsPerAddress", maxSessionsPerAddress);
      OptionChecks.count("maxPollsPerAddress", maxPollsPerAddress);
      return new EngineIOOptions(new Builder(this));
    }

    private static void checkName(String option, @Nullable String name) {
      if (name != null && !name.matches("[!-~&&[^\",;\\\\=]]+")) {
        throw OptionChecks.refused(
            option, name, "visible ASCII without quotes, commas, semicolons, \\ and =");
      }
    }
  }
}
