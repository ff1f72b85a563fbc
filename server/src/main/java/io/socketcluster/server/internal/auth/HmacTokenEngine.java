// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import io.socketcluster.protocol.errors.AuthTokenError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tokens with an HMAC: one secret key signs and verifies (RFC 7515, RFC 7519). */
public final class HmacTokenEngine implements TokenEngine {
  private static final int RANDOM_KEY_BYTES = 32;
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
    try {
      this.signer = new MACSigner(secret);
      this.verifier = new MACVerifier(secret);
    } catch (KeyLengthException e) {
      throw new InvalidOptionsError("authKey is too short for " + algorithm);
    } catch (JOSEException e) {
      throw new InvalidOptionsError("authKey cannot be used for " + algorithm);
    }
  }

  private static String randomKey() {
    byte[] key = new byte[RANDOM_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  @Override
  public String sign(ObjectNode claims, @Nullable Duration expiresIn) {
    Instant now = clock.instant();
    if (!claims.has("iat")) {
      claims.put("iat", now.getEpochSecond());
    }
    JsonNode expiry = claims.get("exp");
    if (expiry == null) {
      Duration valid = expiresIn == null ? defaultExpiry : expiresIn;
      claims.put("exp", now.plus(valid).getEpochSecond());
    } else if (!expiry.isNumber()) {
      throw new InvalidArgumentsError("\"exp\" should be a number of seconds");
    }
    JWSObject token = new JWSObject(header, new com.nimbusds.jose.Payload(claims.toString()));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new AuthTokenError("The auth token could not be signed");
    }
    return token.serialize();
  }

  @Override
  public ObjectNode verify(String signedToken) {
    ObjectNode claims = claimsOf(parse(signedToken));
    TokenTimes.check(claims, clock.instant());
    return claims;
  }

  private static JWSObject parse(String signedToken) {
    String[] parts = signedToken.split("\\.", -1);
    if (parts.length != 3) {
      throw TokenErrors.invalid("jwt malformed");
    }
    if (parts[2].isEmpty()) {
      throw TokenErrors.invalid("jwt signature is required");
    }
    try {
      return JWSObject.parse(signedToken);
    } catch (ParseException | IllegalArgumentException e) {
      throw TokenErrors.invalid("invalid token");
    }
  }

  private ObjectNode claimsOf(JWSObject token) {
    if (!header.getAlgorithm().equals(token.getHeader().getAlgorithm())) {
      throw TokenErrors.invalid("invalid algorithm");
    }
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
