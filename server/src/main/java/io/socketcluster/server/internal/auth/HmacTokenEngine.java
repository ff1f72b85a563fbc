// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import io.socketcluster.protocol.errors.AuthTokenError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tokens with an HMAC: one secret key signs and verifies (RFC 7515, RFC 7519). */
public final class HmacTokenEngine implements TokenEngine {
  private static final int RANDOM_KEY_BYTES = 32;

  /** Three parts of base64url, of which the signature may be missing. */
  private static final Pattern COMPACT = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]*+");

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final JWSHeader header;
  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final Duration defaultExpiry;
  private final Clock clock;

  /**
   * Creates an engine.
   *
   * @param key the secret, or null for a random one
   * @param algorithm HS256, HS384 or HS512: the only one that is accepted
   */
  public HmacTokenEngine(
      @Nullable String key, String algorithm, Duration defaultExpiry, Clock clock) {
    String secret = key == null ? randomKey() : key;
    this.header =
        new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).type(JOSEObjectType.JWT).build();
    this.defaultExpiry = defaultExpiry;
    this.clock = clock;
    requireLength(secret, header.getAlgorithm());
    try {
      this.signer = new MACSigner(secret);
      this.verifier = new MACVerifier(secret);
    } catch (JOSEException e) {
      throw new InvalidOptionsError("authKey cannot be used for " + algorithm);
    }
  }

  /** The signer looks at the key's length for its algorithm only when it signs. */
  private static void requireLength(String secret, JWSAlgorithm algorithm) {
    try {
      int bytes = MACSigner.getMinRequiredSecretLength(algorithm) / Byte.SIZE;
      if (secret.getBytes(StandardCharsets.UTF_8).length < bytes) {
        throw new InvalidOptionsError(
            "authKey is too short for " + algorithm + "; allowed: " + bytes + " bytes or more");
      }
    } catch (JOSEException e) {
      throw new InvalidOptionsError("authAlgorithm is " + algorithm + ", which is no HMAC");
    }
  }

  private static String randomKey() {
    byte[] key = new byte[RANDOM_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  @Override
  public String sign(ObjectNode claims, @Nullable Duration expiresIn) {
    TokenTimes.requireNumbers(claims);
    Instant now = clock.instant();
    if (!claims.has("iat")) {
      claims.put("iat", now.getEpochSecond());
    }
    if (!claims.has("exp")) {
      claims.put("exp", expiryOf(now, expiresIn == null ? defaultExpiry : expiresIn));
    }
    JWSObject token = new JWSObject(header, new com.nimbusds.jose.Payload(claims.toString()));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new AuthTokenError("The auth token could not be signed");
    }
    return token.serialize();
  }

  private static long expiryOf(Instant now, Duration valid) {
    try {
      return now.plus(valid).getEpochSecond();
    } catch (DateTimeException | ArithmeticException e) {
      throw new InvalidArgumentsError("expiresIn is " + valid + ", which is past the end of time");
    }
  }

  @Override
  public ObjectNode verify(String signedToken) {
    requireForm(signedToken);
    JWSObject token;
    try {
      token = JWSObject.parse(signedToken);
    } catch (ParseException | IllegalArgumentException e) {
      throw TokenErrors.invalid("invalid token");
    }
    ObjectNode claims = claimsOf(token);
    TokenTimes.check(claims, clock.instant());
    return claims;
  }

  /** Checks what jsonwebtoken checks before the signature, in its order. */
  private void requireForm(String signedToken) {
    String[] parts = signedToken.split("\\.", 4);
    if (parts.length != 3) {
      throw TokenErrors.invalid("jwt malformed");
    }
    JsonNode sentHeader = headerOf(signedToken, parts[0]);
    if (parts[2].isEmpty()) {
      throw TokenErrors.invalid("jwt signature is required");
    }
    JsonNode algorithm = sentHeader.path("alg");
    if (!algorithm.isString() || !algorithm.stringValue().equals(header.getAlgorithm().getName())) {
      throw TokenErrors.invalid("invalid algorithm");
    }
  }

  private static JsonNode headerOf(String signedToken, String encoded) {
    try {
      if (COMPACT.matcher(signedToken).matches()) {
        return MAPPER.readTree(Base64.getUrlDecoder().decode(encoded));
      }
    } catch (IllegalArgumentException | JacksonException e) {
      throw TokenErrors.invalid("invalid token");
    }
    throw TokenErrors.invalid("invalid token");
  }

  private ObjectNode claimsOf(JWSObject token) {
    try {
      if (!token.verify(verifier)) {
        throw TokenErrors.invalid("invalid signature");
      }
      if (MAPPER.readTree(token.getPayload().toBytes()) instanceof ObjectNode claims) {
        return claims;
      }
    } catch (JOSEException | IllegalStateException | JacksonException e) {
      throw TokenErrors.invalid("invalid token");
    }
    throw TokenErrors.invalid("invalid token");
  }
}
