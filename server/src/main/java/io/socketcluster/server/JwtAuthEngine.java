// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.auth.ReceivedToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs and verifies JSON Web Tokens (RFC 7519) as SocketCluster does; its error messages are those
 * of jsonwebtoken. Its keys can be replaced while servers use it. Thread-safe; several servers may
 * share an engine.
 */
public final class JwtAuthEngine implements AGAuthEngine {
  private final AtomicReference<AuthKeys> keys;
  private final Duration defaultExpiry;
  private final InstantSource clock;

  JwtAuthEngine(AuthKeys keys, Duration defaultExpiry, InstantSource clock) {
    this.keys = new AtomicReference<>(keys);
    this.defaultExpiry = defaultExpiry;
    this.clock = clock;
  }

  /** Returns an engine with one or more keys; the first key signs. */
  public static JwtAuthEngine of(AuthKey signing, AuthKey... verifying) {
    return of(AuthKeys.of(signing, verifying), Duration.ofDays(1));
  }

  /**
   * Returns an engine with a set of keys.
   *
   * @param defaultExpiry the validity of a token without an expiry that is not signed by {@code
   *     setAuthToken}, which uses {@code authDefaultExpiry}
   */
  public static JwtAuthEngine of(AuthKeys keys, Duration defaultExpiry) {
    return new JwtAuthEngine(
        Objects.requireNonNull(keys, "keys"),
        Objects.requireNonNull(defaultExpiry, "defaultExpiry"),
        InstantSource.system());
  }

  /**
   * Returns an engine with the key, the algorithms, the default expiry and the time of the options.
   * Without a key in the options each call creates a random key.
   */
  public static JwtAuthEngine of(AGServerOptions options) {
    Objects.requireNonNull(options, "options");
    return new JwtAuthEngine(
        AuthKeys.of(options.authKeyOrRandom()), options.authDefaultExpiry(), options.timeSource());
  }

  /** Returns the current keys. */
  public AuthKeys keys() {
    return keys.get();
  }

  /** Replaces all keys at once. */
  public void replaceKeys(AuthKeys newKeys) {
    keys.set(Objects.requireNonNull(newKeys, "newKeys"));
  }

  /**
   * Adds a key that signs from now on. The other keys still verify the tokens that they have
   * signed.
   *
   * @throws InvalidOptionsError if the key cannot sign, or its id is taken
   */
  public void rotate(AuthKey newSigning) {
    keys.updateAndGet(current -> current.rotatedTo(newSigning));
  }

  /**
   * Removes a key, whose tokens are refused from now on. Sockets that have such a token keep it.
   *
   * @throws InvalidOptionsError if no key has this id, or the signing key has it
   */
  public void retire(String id) {
    keys.updateAndGet(current -> current.without(id));
  }

  /**
   * Signs a token; {@code iat}, {@code exp} and the claims of the options are added to the claims.
   *
   * @throws InvalidArgumentsError if an option other than the expiry is also a claim, or if a time
   *     is not a number
   */
  @Override
  public String signToken(ObjectNode claims, AuthTokenOptions options) {
    AuthKeys current = keys.get();
    new ClaimsOfOptions(options, defaultExpiry).addTo(claims, clock.instant());
    return current.signing().key().sign(claims, options.headersFor(keyIdOf(current, options)));
  }

  /** In a set with ids a token that names another than its key could never be verified. */
  private static @Nullable String keyIdOf(AuthKeys keys, AuthTokenOptions options) {
    String asked = options.keyid();
    String id = keys.signing().id();
    if (asked == null) {
      return id;
    }
    if (keys.haveIds() && !asked.equals(id)) {
      throw new InvalidArgumentsError(
          "keyid is " + asked + "; allowed: " + id + ", the id of the key that signs");
    }
    return asked;
  }

  @Override
  public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
    ReceivedToken token = ReceivedToken.parse(signedToken);
    keys.get().require(token);
    return token.claims(clock.instant());
  }
}
