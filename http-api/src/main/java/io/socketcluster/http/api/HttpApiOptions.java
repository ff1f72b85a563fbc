// SPDX-License-Identifier: MIT
package io.socketcluster.http.api;

import io.socketcluster.core.options.OptionChecks;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGAuthEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options of {@link HttpApi}. Immutable. */
public final class HttpApiOptions {
  /**
   * A key of a caller.
   *
   * @param secret what the caller sends
   * @param scopes what the caller may do
   */
  public record ApiKey(String secret, List<String> scopes) {
    public ApiKey {
      Objects.requireNonNull(secret, "secret");
      scopes = List.copyOf(scopes);
    }

    /** Returns the scopes. The secret is omitted. */
    @Override
    public String toString() {
      return "ApiKey[scopes=" + scopes + "]";
    }
  }

  private final Builder values;

  private HttpApiOptions(Builder values) {
    this.values = values;
  }

  /** Returns a builder with the defaults, without any caller. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the path below which the API is. */
  public String path() {
    return values.path;
  }

  /** Returns the keys by the names of their callers. */
  public Map<String, ApiKey> apiKeys() {
    return Map.copyOf(values.apiKeys);
  }

  /** Returns the engine that verifies the tokens of callers, or null. */
  public @Nullable AGAuthEngine tokenEngine() {
    return values.tokenEngine;
  }

  /** Returns how many requests a caller may send in a second. */
  public int requestsPerSecond() {
    return values.requestsPerSecond;
  }

  /** Returns the most messages of a batch. */
  public int maxBatch() {
    return values.maxBatch;
  }

  /** Returns how many answers are kept for requests that are repeated. */
  public int maxIdempotencyKeys() {
    return values.maxIdempotencyKeys;
  }

  /** Builds options; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final int SHORTEST_SECRET = 32;
    private static final Pattern SECRET = Pattern.compile("[!-~]+");
    private static final Pattern SCOPE =
        Pattern.compile("(publish|kick-out|count)(:.+)?|disconnect");

    private String path = "/api/";
    private final Map<String, ApiKey> apiKeys;
    private @Nullable AGAuthEngine tokenEngine;
    private int requestsPerSecond = 1000;
    private int maxBatch = 1000;
    private int maxIdempotencyKeys = 10_000;

    private Builder() {
      apiKeys = new LinkedHashMap<>();
    }

    private Builder(Builder other) {
      path = other.path;
      apiKeys = new LinkedHashMap<>(other.apiKeys);
      tokenEngine = other.tokenEngine;
      requestsPerSecond = other.requestsPerSecond;
      maxBatch = other.maxBatch;
      maxIdempotencyKeys = other.maxIdempotencyKeys;
    }

    /** Sets the path, which begins and ends with a slash. Default: {@code /api/}. */
    public Builder path(String given) {
      path = given;
      return this;
    }

    /**
     * Adds the key of a caller, who sends it as {@code Authorization: Bearer SECRET}.
     *
     * @param name of the caller; rates and idempotency keys are kept for each name
     * @param secret 32 visible characters of ASCII or more, such as 32 random bytes in hexadecimal
     * @param scopes {@code publish}, {@code kick-out}, {@code count} and {@code disconnect}. Those
     *     before the last may end with a colon and the beginning of the channels that they are for:
     *     {@code publish:orders/}
     */
    public Builder apiKey(String name, String secret, String... scopes) {
      apiKeys.put(name, new ApiKey(secret, List.of(scopes)));
      return this;
    }

    /**
     * Sets the engine that verifies JWTs of callers, who send them as {@code Authorization: Bearer
     * TOKEN}. The claim {@code scope} has the scopes, separated by spaces, and {@code sub} the name
     * of the caller; a token without it is refused. Use an engine with a key of its own: tokens of
     * users should be no tokens of callers. Default: none, tokens are refused.
     */
    public Builder tokenEngine(AGAuthEngine engine) {
      tokenEngine = engine;
      return this;
    }

    /**
     * Sets how many requests a caller may send in a second on average; twice as many may come at
     * once. Further ones get 429. Default: 1,000.
     */
    public Builder requestsPerSecond(int most) {
      requestsPerSecond = most;
      return this;
    }

    /** Sets the most messages of a batch. Default: 1,000. */
    public Builder maxBatch(int most) {
      maxBatch = most;
      return this;
    }

    /**
     * Sets how many answers are kept for requests that are repeated with the same {@code
     * Idempotency-Key}: the oldest are forgotten first, all of them after 24 hours. Default:
     * 10,000.
     */
    public Builder maxIdempotencyKeys(int most) {
      maxIdempotencyKeys = most;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError when a value is not allowed; the message names the option and
     *     what is allowed, and the value unless it is a secret
     */
    public HttpApiOptions build() {
      if (!path.startsWith("/") || !path.endsWith("/") || path.indexOf('?') >= 0) {
        throw OptionChecks.refused(
            "path", path, "a path that begins and ends with / and has no query");
      }
      apiKeys.forEach(Builder::check);
      OptionChecks.count("requestsPerSecond", requestsPerSecond);
      OptionChecks.count("maxBatch", maxBatch);
      OptionChecks.count("maxIdempotencyKeys", maxIdempotencyKeys);
      return new HttpApiOptions(new Builder(this));
    }

    private static void check(String name, ApiKey key) {
      if (name.isBlank()) {
        throw OptionChecks.refused("apiKey", "a key without a name", "a name that is not blank");
      }
      if (key.secret().length() < SHORTEST_SECRET || !SECRET.matcher(key.secret()).matches()) {
        throw OptionChecks.refused(
            "apiKey", "the secret of " + name, "32 visible characters of ASCII or more");
      }
      for (String scope : key.scopes()) {
        if (!SCOPE.matcher(scope).matches()) {
          throw OptionChecks.refused(
              "apiKey", scope, "the scopes publish, kick-out, count and disconnect");
        }
      }
    }
  }
}
