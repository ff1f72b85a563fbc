// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.core.options.OptionSetters;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.server.internal.options.DeclaredOptions;
import io.socketcluster.server.internal.options.PemText;
import java.nio.file.Path;
import java.time.Duration;

/** The setters of {@link AGServerOptions.Builder} for tokens and their keys. */
abstract sealed class AuthOptionSetters extends OptionSetters<AGServerOptions.Builder>
    permits LimitOptionSetters {
  AuthOptionSetters(OptionValues values) {
    super(DeclaredOptions.ALL, values);
  }

  @Override
  protected final AGServerOptions.Builder self() {
    return (AGServerOptions.Builder) this;
  }

  /**
   * Sets the secret that signs and verifies tokens, at least 32 bytes of UTF-8 for HS256, 48 for
   * HS384 and 64 for HS512. By default each server creates a random secret.
   */
  public AGServerOptions.Builder authKey(String authKey) {
    return set(DeclaredOptions.AUTH_KEY, authKey);
  }

  /**
   * Sets the validity of a token without an expiry of its own: 1 second to 36500 days. Default: 1
   * day.
   */
  public AGServerOptions.Builder authDefaultExpiry(Duration authDefaultExpiry) {
    return set(DeclaredOptions.AUTH_DEFAULT_EXPIRY, authDefaultExpiry);
  }

  /**
   * Sets the key that signs tokens as unencrypted PEM (PKCS#8, PKCS#1 or SEC 1): RSA of 2048 bits
   * or more, EC on the curve P-256, P-384 or P-521, or Ed25519. It requires {@code authPublicKey}.
   */
  public AGServerOptions.Builder authPrivateKey(String pem) {
    return set(DeclaredOptions.AUTH_PRIVATE_KEY, pem == null ? null : PemText.of(pem));
  }

  /** Sets the file of the key that signs tokens; {@code build} reads the file. */
  public AGServerOptions.Builder authPrivateKey(Path file) {
    return set(DeclaredOptions.AUTH_PRIVATE_KEY, file == null ? null : PemText.in(file));
  }

  /**
   * Sets the key that verifies tokens as PEM (X.509, PKCS#1 or a certificate). It must match {@code
   * authPrivateKey}.
   */
  public AGServerOptions.Builder authPublicKey(String pem) {
    return set(DeclaredOptions.AUTH_PUBLIC_KEY, pem == null ? null : PemText.of(pem));
  }

  /** Sets the file of the key that verifies tokens; {@code build} reads the file. */
  public AGServerOptions.Builder authPublicKey(Path file) {
    return set(DeclaredOptions.AUTH_PUBLIC_KEY, file == null ? null : PemText.in(file));
  }

  /**
   * Sets the algorithm that signs tokens. It must match the key: HS256, HS384 or HS512 for {@code
   * authKey}; RS256 to RS512 or PS256 to PS512 for RSA; ES256, ES384 or ES512 for EC, depending on
   * the curve; EdDSA for Ed25519. The first algorithm of each list is the default.
   */
  public AGServerOptions.Builder authAlgorithm(String authAlgorithm) {
    return set(DeclaredOptions.AUTH_ALGORITHM, authAlgorithm);
  }

  /**
   * Sets the algorithms of accepted tokens. All of them must match the key, and the signing
   * algorithm must be among them. By default only the signing algorithm is accepted.
   */
  public AGServerOptions.Builder authVerifyAlgorithms(String... authVerifyAlgorithms) {
    return set(DeclaredOptions.AUTH_VERIFY_ALGORITHMS, listOf(authVerifyAlgorithms));
  }

  /**
   * Sets the engine that signs and verifies tokens: a {@link JwtAuthEngine}, whose keys can be
   * rotated, or your own engine. An engine has its own keys, so no other option for keys may be
   * set.
   */
  public AGServerOptions.Builder authEngine(AGAuthEngine authEngine) {
    return set(DeclaredOptions.AUTH_ENGINE, authEngine);
  }

  /**
   * Sets the fate of subscriptions that depended on a token when it expires. Default: {@link
   * ExpiredTokenSubscriptions#DROP}.
   */
  public AGServerOptions.Builder expiredTokenSubscriptions(
      ExpiredTokenSubscriptions expiredTokenSubscriptions) {
    return set(DeclaredOptions.EXPIRED_TOKEN_SUBSCRIPTIONS, expiredTokenSubscriptions);
  }

  /**
   * Sets how many revocations of tokens the server keeps until the tokens have expired: 0 to
   * 100,000. Default: 10,000.
   *
   * @see AGCluster#revokeTokens
   */
  public AGServerOptions.Builder tokenRevocationLimit(int tokenRevocationLimit) {
    return set(DeclaredOptions.TOKEN_REVOCATION_LIMIT, tokenRevocationLimit);
  }
}
