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
 * A key for tokens: a secret, a private key with its public key, or a public key that only
 * verifies. A key accepts its signing algorithm and no other, unless {@link #accepting} adds some.
 * Immutable. Unsuitable keys are refused with an {@link InvalidOptionsError} that reveals nothing
 * about the key.
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
   * Returns a secret for HS256 of at least 32 bytes of UTF-8; HS384 needs 48 bytes and HS512 needs
   * 64.
   */
  public static AuthKey secret(String secret) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.secret(secret)));
  }

  /**
   * Returns a secret of bytes that need not be text, as an {@code authKey} in a {@code Buffer} of
   * Node. The same lengths apply as for text.
   *
   * @param secret copied
   */
  public static AuthKey secret(byte[] secret) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.secret(secret)));
  }

  /** Returns a random secret of 256 bits, written as 64 letters. */
  public static AuthKey random() {
    byte[] secret = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret(HexFormat.of().formatHex(secret));
  }

  /**
   * Returns a matching pair of keys in PEM format: RSA of 2048 bits or more for RS256, EC for
   * ES256, ES384 or ES512 depending on the curve, or Ed25519 for EdDSA.
   *
   * @param privateKey PKCS#8, PKCS#1 or SEC 1, not encrypted
   * @param publicKey X.509, PKCS#1 or a certificate
   */
  public static AuthKey pair(String privateKey, String publicKey) {
    return new AuthKey(
        null,
        TokenKey.of(
            KeyMaterial.pair(
                Objects.requireNonNull(privateKey, "privateKey"),
                Objects.requireNonNull(publicKey, "publicKey"))));
  }

  /** Returns a public key in PEM format that verifies tokens signed elsewhere. */
  public static AuthKey publicKey(String publicKey) {
    return new AuthKey(
        null, TokenKey.of(KeyMaterial.publicKey(Objects.requireNonNull(publicKey, "publicKey"))));
  }

  /**
   * Returns a secret of any length that verifies tokens and never signs, for tokens that a Node
   * server signed with an {@code authKey} of less than 32 bytes. It verifies HS256; {@link
   * #accepting} adds other algorithms. Anyone who guesses a short secret can forge tokens. Put this
   * key into {@link AuthKeys} behind a signing key, and remove it when the last old token has
   * expired.
   */
  public static AuthKey legacySecret(String secret) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.legacySecret(secret)));
  }

  /**
   * Returns a secret of bytes for tokens that a Node server signed with a short {@code Buffer}; see
   * {@link #legacySecret(String)}.
   *
   * @param secret copied
   */
  public static AuthKey legacySecret(byte[] secret) {
    return new AuthKey(null, TokenKey.of(KeyMaterial.legacySecret(secret)));
  }

  /**
   * Returns an RSA public key of any length in PEM format, for tokens that a Node server signed
   * with a private key of less than 2048 bits. The caution of {@link #legacySecret(String)}
   * applies.
   */
  public static AuthKey legacyPublicKey(String publicKey) {
    return new AuthKey(
        null,
        TokenKey.of(KeyMaterial.legacyPublicKey(Objects.requireNonNull(publicKey, "publicKey"))));
  }

  /** Returns this key with an id, which its tokens carry as {@code kid} in their header. */
  public AuthKey withId(String newId) {
    if (Objects.requireNonNull(newId, "newId").isEmpty()) {
      throw new InvalidOptionsError("id is empty; allowed: one character or more");
    }
    return new AuthKey(newId, key);
  }

  /** Returns this key with another algorithm, for example PS256 instead of RS256. */
  public AuthKey withAlgorithm(String algorithm) {
    return new AuthKey(id, key.withAlgorithm(algorithm));
  }

  /** Returns this key verifying tokens of all these algorithms. */
  public AuthKey accepting(String... algorithms) {
    return new AuthKey(
        id, key.accepting(List.of(Objects.requireNonNull(algorithms, "algorithms"))));
  }

  /** Returns the id, or null. */
  public @Nullable String id() {
    return id;
  }

  /** Returns the algorithm that this key signs with. */
  public String algorithm() {
    return key.algorithm();
  }

  /** Returns whether this key signs; otherwise it only verifies. */
  public boolean canSign() {
    return key.canSign();
  }

  TokenKey key() {
    return key;
  }

  /** Returns the id and the algorithm, never the key. */
  @Override
  public String toString() {
    return "AuthKey[id=" + Objects.requireNonNullElse(id, "none") + ", " + algorithm() + "]";
  }
}
