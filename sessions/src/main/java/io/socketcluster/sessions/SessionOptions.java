// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/** The options of {@link AGSessions}. Immutable. */
public final class SessionOptions {
  /** The defaults. */
  public static final SessionOptions DEFAULT = builder().build();

  private final Builder values;

  private SessionOptions(Builder values) {
    this.values = values;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns how long the data lives after the last socket has left. */
  public Duration timeout() {
    return values.timeout;
  }

  /** Returns the name of the cookie, with the prefix {@code __Host-} if it is secure. */
  public String cookieName() {
    return (values.secureCookie ? "__Host-" : "") + values.cookieName;
  }

  /** Returns whether browsers send the cookie over TLS only. */
  public boolean secureCookie() {
    return values.secureCookie;
  }

  /** Returns the claim of an auth token that carries the id. */
  public String tokenClaim() {
    return values.tokenClaim;
  }

  /** Sets the options one by one; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Pattern COOKIE_NAME = Pattern.compile("[\\w.-]{1,64}");

    private Duration timeout = Duration.ofMinutes(20);
    private String cookieName = "socketcluster.sid";
    private boolean secureCookie = true;
    private String tokenClaim = "sessionId";

    private Builder() {}

    private Builder(Builder other) {
      timeout = other.timeout;
      cookieName = other.cookieName;
      secureCookie = other.secureCookie;
      tokenClaim = other.tokenClaim;
    }

    /**
     * Sets how long the data lives after the last socket has left, and after the last request and
     * the last change; 1 s to 30 days. Default: 20 minutes.
     */
    public Builder timeout(Duration after) {
      timeout = after;
      return this;
    }

    /**
     * Sets the name of the cookie: 1 to 64 letters, digits, dots, underscores and hyphens. Default:
     * {@code socketcluster.sid}.
     */
    public Builder cookieName(String name) {
      cookieName = name;
      return this;
    }

    /**
     * Sets whether browsers send the cookie over TLS only, and refuse one from another host of the
     * domain ({@code __Host-}). Without it, everybody on the way can take over a session: for
     * networks without TLS. Browsers accept a secure cookie from {@code http://localhost}, except
     * for Safari. Default: true.
     */
    public Builder secureCookie(boolean secure) {
      secureCookie = secure;
      return this;
    }

    /** Sets the claim of an auth token that carries the id. Default: {@code sessionId}. */
    public Builder tokenClaim(String name) {
      tokenClaim = name;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError if an option is refused; the message names it, its value and the
     *     allowed values
     */
    public SessionOptions build() {
      Objects.requireNonNull(timeout, "timeout");
      if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
        throw new InvalidOptionsError("timeout is " + timeout + "; allowed: 1 s to 30 days");
      }
      if (!COOKIE_NAME.matcher(Objects.requireNonNull(cookieName, "cookieName")).matches()) {
        throw new InvalidOptionsError(
            "cookieName is " + cookieName + "; allowed: 1 to 64 letters, digits, dots, _ and -");
      }
      if (Objects.requireNonNull(tokenClaim, "tokenClaim").isEmpty()) {
        throw new InvalidOptionsError("tokenClaim is empty; allowed: the name of a claim");
      }
      return new SessionOptions(new Builder(this));
    }
  }
}
