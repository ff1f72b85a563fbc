// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The options with which a token is signed and delivered: those of {@code jsonwebtoken} that apply
 * to a socket, and {@code rejectOnFailedDelivery}. Immutable.
 *
 * <p>There is no {@code algorithm}, because it belongs to the server's key.
 */
public final class AuthTokenOptions {
  private static final Set<String> RESERVED_HEADERS = Set.of("alg", "typ", "kid", "crit", "b64");

  /** The default expiry, without waiting for the client. */
  public static final AuthTokenOptions DEFAULT = builder().build();

  private final Builder values;

  private AuthTokenOptions(Builder values) {
    this.values = values;
  }

  /** Returns default options with another expiry. */
  public static AuthTokenOptions expiresIn(Duration expiresIn) {
    return builder().expiresIn(expiresIn).build();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with the values of these options. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** Returns the validity of the token, or null for {@code authDefaultExpiry}. */
  public @Nullable Duration expiresIn() {
    return values.expiresIn;
  }

  /** Returns the time until the token becomes valid, or null. */
  public @Nullable Duration notBefore() {
    return values.notBefore;
  }

  /** Returns the claim {@code iss}, or null. */
  public @Nullable String issuer() {
    return values.issuer;
  }

  /** Returns the claim {@code aud}; an empty list for none. */
  public List<String> audience() {
    return values.audience;
  }

  /** Returns the claim {@code sub}, or null. */
  public @Nullable String subject() {
    return values.subject;
  }

  /** Returns the claim {@code jti}, or null. */
  public @Nullable String jwtid() {
    return values.jwtid;
  }

  /** Returns the {@code kid} of the header, or null for the id of the signing key. */
  public @Nullable String keyid() {
    return values.keyid;
  }

  /** Returns the members of the header other than {@code alg}, {@code typ} and {@code kid}. */
  public Map<String, JsonNode> header() {
    return values.header;
  }

  /** Returns whether the claim {@code iat} is omitted. */
  public boolean noTimestamp() {
    return values.noTimestamp;
  }

  /** Returns whether the future of {@code setAuthToken} waits until the client has the token. */
  public boolean rejectOnFailedDelivery() {
    return values.rejectOnFailedDelivery;
  }

  Map<String, JsonNode> headersFor(@Nullable String keyId) {
    if (keyId == null) {
      return values.header;
    }
    Map<String, JsonNode> headers = new LinkedHashMap<>();
    headers.put("kid", StringNode.valueOf(keyId));
    headers.putAll(values.header);
    return headers;
  }

  /** Sets the options of a token. Not thread-safe. */
  public static final class Builder {
    private @Nullable Duration expiresIn;
    private @Nullable Duration notBefore;
    private @Nullable String issuer;
    private List<String> audience = List.of();
    private @Nullable String subject;
    private @Nullable String jwtid;
    private @Nullable String keyid;
    private Map<String, JsonNode> header = Map.of();
    private boolean noTimestamp;
    private boolean rejectOnFailedDelivery;

    private Builder() {}

    private Builder(Builder other) {
      expiresIn = other.expiresIn;
      notBefore = other.notBefore;
      issuer = other.issuer;
      audience = other.audience;
      subject = other.subject;
      jwtid = other.jwtid;
      keyid = other.keyid;
      header = other.header;
      noTimestamp = other.noTimestamp;
      rejectOnFailedDelivery = other.rejectOnFailedDelivery;
    }

    /**
     * Sets the validity of the token, at least one second, counted from {@code iat}. An {@code exp}
     * claim in the token itself takes precedence.
     */
    public Builder expiresIn(Duration duration) {
      expiresIn = Objects.requireNonNullElse(duration, Duration.ZERO);
      return this;
    }

    /** Sets the time until the token becomes valid, counted from {@code iat}. */
    public Builder notBefore(Duration duration) {
      notBefore = Objects.requireNonNull(duration, "notBefore");
      return this;
    }

    /** Sets the claim {@code iss}; the token itself must not contain it. */
    public Builder issuer(String iss) {
      issuer = Objects.requireNonNull(iss, "issuer");
      return this;
    }

    /** Sets the claim {@code aud}; the token itself must not contain it. */
    public Builder audience(String... aud) {
      audience = List.of(Objects.requireNonNull(aud, "audience"));
      return this;
    }

    /** Sets the claim {@code sub}; the token itself must not contain it. */
    public Builder subject(String sub) {
      subject = Objects.requireNonNull(sub, "subject");
      return this;
    }

    /** Sets the claim {@code jti}; the token itself must not contain it. */
    public Builder jwtid(String jti) {
      jwtid = Objects.requireNonNull(jti, "jwtid");
      return this;
    }

    /** Sets the {@code kid} of the header: the id of the signing key, if keys have ids. */
    public Builder keyid(String kid) {
      keyid = Objects.requireNonNull(kid, "keyid");
      return this;
    }

    /**
     * Adds a member to the header. {@link #build} refuses {@code alg}, {@code typ}, {@code kid},
     * {@code crit} and {@code b64}, which belong to the key and to the server.
     */
    public Builder header(String name, Object value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      Map<String, JsonNode> more = new LinkedHashMap<>(header);
      more.put(name, Payload.of(value).node());
      header = Map.copyOf(more);
      return this;
    }

    /** Sets whether the claim {@code iat} is omitted. */
    public Builder noTimestamp(boolean without) {
      noTimestamp = without;
      return this;
    }

    /** Sets whether the future of {@code setAuthToken} waits until the client has the token. */
    public Builder rejectOnFailedDelivery(boolean reject) {
      rejectOnFailedDelivery = reject;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError if an option is refused; the message names it, its value and the
     *     allowed values
     */
    public AuthTokenOptions build() {
      if (expiresIn != null && expiresIn.toSeconds() < 1) {
        throw new InvalidOptionsError(
            "expiresIn is " + expiresIn + "; allowed: one second or more");
      }
      if (header.containsKey("alg")) {
        throw new InvalidOptionsError(
            "header is alg; allowed: names of no algorithm, which belongs to the key: option"
                + " authAlgorithm");
      }
      for (String name : header.keySet()) {
        if (RESERVED_HEADERS.contains(name)) {
          throw new InvalidOptionsError(
              "header is "
                  + name
                  + "; allowed: any but "
                  + RESERVED_HEADERS.stream().sorted().toList());
        }
      }
      return new AuthTokenOptions(new Builder(this));
    }
  }
}
