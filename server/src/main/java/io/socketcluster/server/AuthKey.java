// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.auth.KeyMaterial;
import io.socketcluster.server.internal.auth.TokenKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key for tokens: a secret, a private key with its public key, or a public key that verifies
 * only. It accepts the algorithm that it signs with and no other, unless {@link #accepting} says
 * so. Immutable. Whatever is refused is refused with an {@link InvalidOptionsError}, which tells
 * nothing of the key.
 */
public final class AuthKey {
  private static final int RANDOM_BYTES = 32;

  private final @Nullable String id;
  private final TokenKey key;

  private AuthKey(@Nullable String id, TokenKey key) {
    this.id = id;
    this.key = key;
  }

  /**
   * Returns a secret for HS256, of which UTF-8 makes bytes: at least 32, at least 48 and 64 for
   * HS384 and HS512.
   */
  public static AuthKey secret(String secret) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.secret(secret)));
  }

  /** Returns a random secret of 256 bits, written as 64 letters. */
  public static AuthKey random() {
    byte[] secret = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret(HexFormat.of().formatHex(secret));
  }

  /**
   * Returns a pair of keys that belong together, in PEM form. An RSA key has 2048 bits or more and
   * is for RS256; an EC key is for ES256, ES384 or ES512, as its curve says; an Ed25519 key for
   * EdDSA.
   *
   * @param privateKey PKCS#8, PKCS#1 or SEC 1, not encrypted
   * @param publicKey X.509, PKCS#1 or a certificate
   */
  public static AuthKey pair(String privateKey, String publicKey) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.pair(privateKey, publicKey)));
  }

  /** Returns a public key in PEM form, for the tokens that somebody else signs. */
  public static AuthKey publicKey(String publicKey) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.publicKey(publicKey)));
  }

  /**
   * Returns a secret of any length that verifies tokens and never signs, for the tokens that a Node
   * server has signed with an {@code authKey} of less than 32 bytes. It is for HS256, {@link
   * #accepting} names others. Whoever guesses a short secret can make tokens: keep it in {@link
   * AuthKeys} behind a key that signs, and only until the last of the old tokens has expired.
   */
  public static AuthKey legacySecret(String secret) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.legacySecret(secret)));
  }

  /**
   * Returns an RSA public key of any length in PEM form, for the tokens that a Node server has
   * signed with a private key of less than 2048 bits. The same caution applies as for {@link
   * #legacySecret}.
   */
  public static AuthKey legacyPublicKey(String publicKey) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.legacyPublicKey(publicKey)));
  }

  /** Returns the same key with an id, which the header of its tokens shows as {@code kid}. */
  public AuthKey withId(String newId) {
    if (newId.isEmpty()) {
      throw new InvalidOptionsError("id is empty; allowed: one character or more");
    }
    return new AuthKey(newId, key);
  }

  /** Returns the same key for another algorithm: PS256 instead of RS256 for example. */
  public AuthKey withAlgorithm(String algorithm) {
    return new AuthKey(id, key.withAlgorithm(algorithm));
  }

  /** Returns the same key, which verifies tokens of all these algorithms. */
  public AuthKey accepting(String... algorithms) {
    return new AuthKey(id, key.accepting(List.of(algorithms)));
  }

  /** Returns the id, or null. */
  public @Nullable String id() {
    return id;
  }

  /** Returns the algorithm that it signs with. */
  public String algorithm() {
    return key.algorithm();
  }

  /** Returns whether it signs; otherwise it verifies only. */
  public boolean canSign() {
    return key.canSign();
  }

  TokenKey key() {
    return key;
  }

  /** The id and the algorithm, never the key. */
  @Override
  public String toString() {
    return "AuthKey[id=" + Objects.requireNonNullElse(id, "none") + ", " + algorithm() + "]";
  }
}
