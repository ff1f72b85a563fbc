// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.server.tokens.TokenRevocation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The revocations as servers tell them each other: {@code {claim, value, until, kept}}. */
public final class RevocationJson {
  private static final int FIXED = 100; // the names of the members, and two times
  private static final int ESCAPED = 6; // the longest form of a character

  private RevocationJson() {}

  /** Writes a revocation, with the time of issue in seconds and its end in milliseconds. */
  public static ObjectNode write(TokenRevocation revocation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("claim", revocation.claim()).set("value", revocation.value());
    Instant issuedUntil = revocation.issuedUntil();
    if (issuedUntil != null) {
      json.put("until", issuedUntil.getEpochSecond());
    }
    return json.put("kept", revocation.keptUntil().toEpochMilli());
  }

  /** Returns how many characters a revocation takes at most. */
  public static int sizeOf(TokenRevocation revocation) {
    return FIXED + ESCAPED * revocation.claim().length() + revocation.value().toString().length();
  }

  /** Reads a revocation; returns null when it is none. */
  public static @Nullable TokenRevocation read(JsonNode json) {
    long kept = json.path("kept").longValue(-1);
    JsonNode value = json.path("value");
    if (kept < 0 || value.isMissingNode()) {
      return null;
    }
    JsonNode until = json.get("until");
    try {
      return new TokenRevocation(
          json.path("claim").stringValue(""),
          value,
          until == null ? null : Instant.ofEpochSecond(until.longValue()),
          Instant.ofEpochMilli(kept));
    } catch (RuntimeException e) { // of a value that is not allowed
      return null;
    }
  }
}
