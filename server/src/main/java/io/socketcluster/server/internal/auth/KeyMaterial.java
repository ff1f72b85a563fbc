// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A key, and the algorithms that it can be used with. Immutable; it tells nobody what it is. */
public final class KeyMaterial {
  /** All that can be asked for. */
  public static final List<String> ALGORITHMS =
      List.of(
          "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
          "ES384", "ES512", "EdDSA");

  private static final int SHORTEST_SECRET = 32;
  private static final int SHORTEST_RSA = 2048;
  private static final List<JWSAlgorithm> RSA_ALGORITHMS =
      Stream.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
          .map(JWSAlgorithm::parse)
          .toList();
  private static final List<JWSAlgorithm> HMAC_ALGORITHMS =
      List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);
  private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

  private final @Nullable JWSSigner signer;
  private final JWSVerifier verifier;
  private final List<JWSAlgorithm> algorithms;
  private final int secretLength;

  private KeyMaterial(
      @Nullable JWSSigner signer, JWSVerifier verifier, List<JWSAlgorithm> algorithms) {
    this(signer, verifier, algorithms, 0);
  }

  private KeyMaterial(
      @Nullable JWSSigner signer,
      JWSVerifier verifier,
      List<JWSAlgorithm> algorithms,
      int secretLength) {
    this.signer = signer;
    this.verifier = verifier;
    this.algorithms = algorithms;
    this.secretLength = secretLength;
  }

  /** Returns a secret, of which UTF-8 makes bytes. */
  public static KeyMaterial secret(String secret) {
    return secret(SecretBytes.of("authKey", secret));
  }

  /** Returns a secret that signs and verifies. */
  public static KeyMaterial secret(byte[] secret) {
    byte[] bytes = SecretBytes.of("authKey", secret);
    if (bytes.length < SHORTEST_SECRET) {
      throw tooShort(bytes.length, SHORTEST_SECRET, JWSAlgorithm.HS256);
    }
    try {
      return new KeyMaterial(
          new MACSigner(bytes), new MACVerifier(bytes), HMAC_ALGORITHMS, bytes.length);
    } catch (JOSEException e) {
      throw new InvalidOptionsError("authKey cannot be used");
    }
  }

  /** Returns a secret of any length that verifies only: an old server may have signed with it. */
  public static KeyMaterial legacySecret(String secret) {
    return legacySecret(SecretBytes.of("legacySecret", secret));
  }

  /** Returns a secret of any length that verifies only. */
  public static KeyMaterial legacySecret(byte[] secret) {
    byte[] bytes = SecretBytes.of("legacySecret", secret);
    if (bytes.length == 0) {
      throw new InvalidOptionsError("legacySecret is empty; allowed: one character or more");
    }
    return new KeyMaterial(null, new ShortSecretVerifier(bytes), HMAC_ALGORITHMS);
  }

  /** Returns how long a secret has to be: as long as the hash (RFC 7518, 3.2). */
  private static int bytesOf(JWSAlgorithm hmac) {
    return Integer.parseInt(hmac.getName().substring(2)) / Byte.SIZE;
  }

  private static InvalidOptionsError tooShort(int length, int minimum, JWSAlgorithm algorithm) {
    return new InvalidOptionsError(
        "authKey has %d bytes; allowed: %d bytes or more, as RFC 7518 asks for %s. AuthKey.legacySecret verifies tokens of a shorter key"
            .formatted(length, minimum, algorithm));
  }

  /** Returns a key that verifies only. */
  public static KeyMaterial publicKey(String pem) {
    return of(null, PemKeys.publicKey("authPublicKey", pem));
  }

  /** Returns an RSA key of any length, which verifies only: an old server may have its pair. */
  public static KeyMaterial legacyPublicKey(String pem) {
    if (PemKeys.publicKey("legacyPublicKey", pem) instanceof RSAPublicKey key) {
      return rsaVerifier(key);
    }
    throw new InvalidOptionsError("legacyPublicKey is no RSA key; allowed: others with publicKey");
  }

  private static KeyMaterial rsaVerifier(RSAPublicKey key) {
    return new KeyMaterial(null, new RSASSAVerifier(key), RSA_ALGORITHMS);
  }

  /** Returns a pair of keys that belong together. */
  public static KeyMaterial pair(String privatePem, String publicPem) {
    PrivateKey privateKey = PemKeys.privateKey("authPrivateKey", privatePem);
    KeyMaterial pair = of(privateKey, PemKeys.publicKey("authPublicKey", publicPem));
    if (!pair.belongsTogether()) {
      throw mismatch();
    }
    return pair;
  }

  private static KeyMaterial of(@Nullable PrivateKey privateKey, PublicKey publicKey) {
    try {
      return switch (publicKey) {
        case RSAPublicKey key -> rsa(privateKey, key);
        case ECPublicKey key -> ec(privateKey, key);
        case EdECPublicKey key when key.getParams().getName().equals(EdDsaSigner.ALGORITHM) ->
            new KeyMaterial(
                privateKey == null ? null : new EdDsaSigner(privateKey),
                new EdDsaVerifier(key),
                List.of(JWSAlgorithm.EdDSA));
        default -> throw new InvalidOptionsError("authPublicKey is no RSA, EC or Ed25519 key");
      };
    } catch (JOSEException | IllegalArgumentException e) {
      throw mismatch();
    }
  }

  private static KeyMaterial rsa(@Nullable PrivateKey privateKey, RSAPublicKey publicKey) {
    int bits = publicKey.getModulus().bitLength();
    if (bits < SHORTEST_RSA) {
      throw new InvalidOptionsError(
          "authPublicKey has " + bits + " bits; allowed: RSA keys of 2048 bits or more");
    }
    return new KeyMaterial(
        privateKey == null ? null : new RSASSASigner(privateKey),
        new RSASSAVerifier(publicKey),
        RSA_ALGORITHMS);
  }

  private static KeyMaterial ec(@Nullable PrivateKey privateKey, ECPublicKey publicKey)
      throws JOSEException {
    JWSAlgorithm algorithm = algorithmOf(Curve.forECParameterSpec(publicKey.getParams()));
    JWSSigner signer = null;
    if (privateKey instanceof ECPrivateKey key) {
      signer = new ECDSASigner(key);
    } else if (privateKey != null) {
      throw mismatch();
    }
    return new KeyMaterial(signer, new ECDSAVerifier(publicKey), List.of(algorithm));
  }

  private static JWSAlgorithm algorithmOf(@Nullable Curve curve) {
    if (Curve.P_256.equals(curve)) {
      return JWSAlgorithm.ES256;
    }
    if (Curve.P_384.equals(curve)) {
      return JWSAlgorithm.ES384;
    }
    if (Curve.P_521.equals(curve)) {
      return JWSAlgorithm.ES512;
    }
    throw new InvalidOptionsError(
        "authPublicKey has the curve " + curve + "; allowed: P-256, P-384 and P-521");
  }

  private static InvalidOptionsError mismatch() {
    return new InvalidOptionsError("authPublicKey is not the public key of authPrivateKey");
  }

  /** What one signs the other has to verify. */
  private boolean belongsTogether() {
    try {
      JWSAlgorithm algorithm = algorithms.getFirst();
      return verifies(algorithm, PROBE, sign(new JWSHeader(algorithm), PROBE));
    } catch (JOSEException e) {
      return false;
    }
  }

  /** Returns the algorithm that is used unless another is asked for. */
  JWSAlgorithm usual() {
    return algorithms.getFirst();
  }

  /** Returns the algorithm of a name, which must fit the key. */
  JWSAlgorithm fitting(String option, String name) {
    for (JWSAlgorithm algorithm : algorithms) {
      if (algorithm.getName().equals(name)) {
        requireLength(algorithm);
        return algorithm;
      }
    }
    throw new InvalidOptionsError(
        option + " is " + name + "; allowed: one of " + algorithms + ", which fit the key");
  }

  private void requireLength(JWSAlgorithm algorithm) {
    if (secretLength > 0 && secretLength < bytesOf(algorithm)) {
      throw tooShort(secretLength, bytesOf(algorithm), algorithm);
    }
  }

  boolean canSign() {
    return signer != null;
  }

  Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
    if (signer == null) {
      throw new JOSEException("The key verifies only");
    }
    return signer.sign(header, input);
  }

  boolean verifies(JWSAlgorithm algorithm, byte[] input, Base64URL signature) throws JOSEException {
    return verifier.verify(new JWSHeader(algorithm), input, signature);
  }
}
