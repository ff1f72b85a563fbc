// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token as it came: nothing of it is to be believed until a key has been found that signed it. Of
 * its header only {@code alg} and {@code kid} are read, and {@code crit} is refused; keys that it
 * brings or points to ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) mean nothing here.
 * Immutable.
 */
public final class ReceivedToken {
  /** Three parts of base64url, of which the signature may be missing. */
  private static final Pattern COMPACT = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]*+");

  private final String signed;
  private final JsonNode header;
  private final String payload;
  private final String signature;

  private ReceivedToken(String signed, JsonNode header, String payload, String signature) {
    this.signed = signed;
    this.header = header;
    this.payload = payload;
    this.signature = signature;
  }

  /** Checks what jsonwebtoken checks before it looks for a key, in its order. */
  public static ReceivedToken parse(String signed) {
    String[] parts = signed.split("\\.", 4);
    if (signed.isEmpty()) {
      throw TokenErrors.missing();
    }
    if (parts.length != 3) {
      throw TokenErrors.invalid("jwt malformed");
    }
    JsonNode header = headerOf(signed, parts[0]);
    if (parts[2].isEmpty()) {
      throw TokenErrors.invalid("jwt signature is required");
    }
    if (header.has("crit")) { // RFC 7515, 4.1.11: none of them is known here
      throw TokenErrors.invalid("invalid token");
    }
    return new ReceivedToken(signed, header, parts[1], parts[2]);
  }

  private static JsonNode headerOf(String signed, String encoded) {
    try {
      if (COMPACT.matcher(signed).matches()) {
        return TokenJson.read(Base64.getUrlDecoder().decode(encoded));
      }
    } catch (IllegalArgumentException | JacksonException e) {
      throw TokenErrors.invalid("invalid token");
    }
    throw TokenErrors.invalid("invalid token");
  }

  /** Returns whether it names a key. */
  public boolean hasKeyId() {
    return header.has("kid");
  }

  /** Returns whether it names this key. */
  public boolean hasKeyId(@Nullable String id) {
    JsonNode sent = header.path("kid");
    return sent.isString() && sent.stringValue().equals(id);
  }

  boolean isSignedWith(String algorithm) {
    return algorithm().equals(algorithm);
  }

  /** Returns the algorithm that it names, or an empty string. */
  String algorithm() {
    JsonNode sent = header.path("alg");
    return sent.isString() ? sent.stringValue() : "";
  }

  byte[] signingInput() {
    return signed
        .substring(0, signed.length() - signature.length() - 1)
        .getBytes(StandardCharsets.US_ASCII);
  }

  Base64URL signature() {
    return new Base64URL(signature);
  }

  /** Returns the claims when their time has come and is not over; the signature is good. */
  public ObjectNode claims(Instant now) {
    ObjectNode claims = object();
    TokenTimes.check(claims, now);
    return claims;
  }

  private ObjectNode object() {
    try {
      byte[] json = Base64.getUrlDecoder().decode(payload);
      if (TokenJson.read(json) instanceof ObjectNode claims) {
        return claims;
      }
    } catch (IllegalArgumentException | JacksonException e) {
      throw TokenErrors.invalid("invalid token");
    }
    throw TokenErrors.invalid("invalid token");
  }
}
