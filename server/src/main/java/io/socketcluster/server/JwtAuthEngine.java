// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.auth.ReceivedToken;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Web Tokens (RFC 7519) as SocketCluster has them; it refuses a token in the words of
 * jsonwebtoken. Its keys can be exchanged while servers use it. Thread-safe; it may be shared by
 * several servers.
 */
public final class JwtAuthEngine implements AGAuthEngine {
  private final AtomicReference<AuthKeys> keys;
  private final Duration defaultExpiry;
  private final Clock clock;

  JwtAuthEngine(AuthKeys keys, Duration defaultExpiry, Clock clock) {
    this.keys = new AtomicReference<>(keys);
    this.defaultExpiry = defaultExpiry;
    this.clock = clock;
  }

  /** Returns an engine with one key or several; the first one signs. */
  public static JwtAuthEngine of(AuthKey signing, AuthKey... verifying) {
    return of(AuthKeys.of(signing, verifying), Duration.ofDays(1));
  }

  /**
   * Returns an engine.
   *
   * @param defaultExpiry how long a token is valid that says nothing of it and is not signed by
   *     {@code setAuthToken}, which has {@code authDefaultExpiry}
   */
  public static JwtAuthEngine of(AuthKeys keys, Duration defaultExpiry) {
    return new JwtAuthEngine(
        Objects.requireNonNull(keys, "keys"),
        Objects.requireNonNull(defaultExpiry, "defaultExpiry"),
        Clock.systemUTC());
  }

  /**
   * Returns an engine with the key, the algorithms and the default expiry of the options; without a
   * key in them it has a random one, another each time.
   */
  public static JwtAuthEngine of(AGServerOptions options) {
    return of(AuthKeys.of(options.authKeyOrRandom()), options.authDefaultExpiry());
  }

  /** Returns the keys of this moment. */
  public AuthKeys keys() {
    return keys.get();
  }

  /** Exchanges all keys at once. */
  public void replaceKeys(AuthKeys newKeys) {
    keys.set(Objects.requireNonNull(newKeys, "newKeys"));
  }

  /**
   * Adds a key that signs from now on; the others go on verifying what they have signed.
   *
   * @throws InvalidOptionsError when it cannot sign, or its id is taken
   */
  public void rotate(AuthKey newSigning) {
    keys.updateAndGet(current -> current.rotatedTo(newSigning));
  }

  /**
   * Takes a key away; tokens that it has signed are refused from now on. Sockets that have such a
   * token keep it.
   *
   * @throws InvalidOptionsError when there is no key of that id, or it is the one that signs
   */
  public void retire(String id) {
    keys.updateAndGet(current -> current.without(id));
  }

  /**
   * Signs a token; {@code iat} and {@code exp} and what the options say are added to the claims.
   *
   * @throws AGException an {@code InvalidArgumentsError} when the options say what the claims say
   *     already, but for the expiry, or when a time is no number
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
