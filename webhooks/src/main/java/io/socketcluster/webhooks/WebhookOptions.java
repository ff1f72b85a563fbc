// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks;

import io.socketcluster.core.options.OptionChecks;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The options of {@link Webhooks}. Immutable. */
public final class WebhookOptions {
  private final Builder values;

  private WebhookOptions(Builder values) {
    this.values = values;
  }

  /**
   * Returns a builder.
   *
   * @param url receives the requests; {@code https}, or {@code http} inside of a network
   * @param secret signs them: {@code whsec_} and 24 to 64 random bytes in base64, as in Standard
   *     Webhooks
   */
  public static Builder builder(String url, String secret) {
    return new Builder(url, secret);
  }

  /** Returns the URL that receives the requests. */
  public URI url() {
    return URI.create(values.url);
  }

  /** Returns the key of the signatures. */
  public byte[] signingKey() {
    return Base64.getDecoder().decode(values.secret.substring(Builder.PREFIX.length()));
  }

  /** Returns the events of sockets that are told. */
  public Set<WebhookEvent> events() {
    return values.events;
  }

  /** Returns the channels whose messages are told. */
  public List<String> channels() {
    return values.channels;
  }

  /** Returns how often an event is sent at most. */
  public int attempts() {
    return values.attempts;
  }

  /** Returns how long the first repetition waits. */
  public Duration retryDelay() {
    return values.retryDelay;
  }

  /** Returns how long an answer may take. */
  public Duration timeout() {
    return values.timeout;
  }

  /** Returns how many events may wait. */
  public int queueLimit() {
    return values.queueLimit;
  }

  /** Returns how many requests may be under way. */
  public int concurrency() {
    return values.concurrency;
  }

  /** Builds options; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_KEY = 24;
    private static final int LONGEST_KEY = 64;
    private static final int MOST_AT_ONCE = 256;

    private final String url;
    private final String secret;
    private Set<WebhookEvent> events = Set.of();
    private List<String> channels = List.of();
    private int attempts = 8;
    private Duration retryDelay = Duration.ofSeconds(1);
    private Duration timeout = Duration.ofSeconds(10);
    private int queueLimit = 10_000;
    private int concurrency = 8;

    private Builder(String url, String secret) {
      this.url = url;
      this.secret = secret;
    }

    private Builder(Builder other) {
      this(other.url, other.secret);
      events = other.events;
      channels = other.channels;
      attempts = other.attempts;
      retryDelay = other.retryDelay;
      timeout = other.timeout;
      queueLimit = other.queueLimit;
      concurrency = other.concurrency;
    }

    /** Sets the events of sockets that are told. Default: none. */
    public Builder events(WebhookEvent... given) {
      events = Set.of(given);
      return this;
    }

    /**
     * Sets the channels whose messages are told. Each server of a cluster receives all messages of
     * a channel: set them on one server only. Default: none.
     */
    public Builder channels(String... names) {
      channels = List.of(names);
      return this;
    }

    /** Sets how often an event is sent at most, 1 to 100, until it is dropped. Default: 8. */
    public Builder attempts(int most) {
      attempts = most;
      return this;
    }

    /**
     * Sets how long the first repetition waits. Each further one waits twice as long, up to a
     * minute, less a random part of up to a half. Default: 1 s.
     */
    public Builder retryDelay(Duration first) {
      retryDelay = first;
      return this;
    }

    /** Sets how long an answer may take. Default: 10 s. */
    public Builder timeout(Duration longest) {
      timeout = longest;
      return this;
    }

    /** Sets how many events may wait; the newest are dropped above that. Default: 10,000. */
    public Builder queueLimit(int most) {
      queueLimit = most;
      return this;
    }

    /**
     * Sets how many requests may be under way, 1 to 256. Events with the same key are sent one at a
     * time. Default: 8.
     */
    public Builder concurrency(int most) {
      concurrency = most;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError when a value is not allowed; the message names the option and
     *     what is allowed, and the value unless it is the secret
     */
    public WebhookOptions build() {
      checkUrl();
      checkSecret();
      OptionChecks.count("attempts", attempts, 100);
      OptionChecks.count("queueLimit", queueLimit, Integer.MAX_VALUE);
      OptionChecks.count("concurrency", concurrency, MOST_AT_ONCE);
      OptionChecks.time("retryDelay", retryDelay, LEAST);
      OptionChecks.time("timeout", timeout, LEAST);
      return new WebhookOptions(new Builder(this));
    }

    private void checkUrl() {
      try {
        URI uri = URI.create(url);
        if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
          return;
        }
      } catch (IllegalArgumentException e) {
        // as any other text that is no URL
      }
      throw OptionChecks.refused("url", url, "a URL of https or http");
    }

    private void checkSecret() {
      int length = 0;
      if (secret.startsWith(PREFIX)) {
        try {
          length = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
        } catch (IllegalArgumentException e) {
          length = 0;
        }
      }
      if (length < SHORTEST_KEY || length > LONGEST_KEY) {
        throw OptionChecks.refused("secret", "no such text", "whsec_ and 24 to 64 bytes in base64");
      }
    }
  }
}
