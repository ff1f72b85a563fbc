// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidMessageError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the server answers to a handshake. Immutable. */
public record HandshakeStatus(
    String id, Duration pingTimeout, boolean isAuthenticated, @Nullable AGException authError) {
  /** Longer than any clock here needs to know. */
  private static final Duration LONGEST = Duration.ofDays(24);

  /**
   * Reads the answer.
   *
   * @throws InvalidMessageError when it has not what every server answers
   */
  public static HandshakeStatus of(@Nullable Payload answer) {
    JsonNode node = answer == null ? null : answer.node();
    if (node == null || !node.path("id").isString() || !node.path("pingTimeout").isNumber()) {
      throw new InvalidMessageError("The server's answer to the handshake was no handshake status");
    }
    return new HandshakeStatus(
        node.path("id").stringValue(),
        pingTimeout(node.path("pingTimeout").doubleValue()),
        node.path("isAuthenticated").booleanValue(false),
        error(node.path("authError")));
  }

  private static Duration pingTimeout(double millis) {
    return Duration.ofMillis((long) Math.clamp(millis, 1, (double) LONGEST.toMillis()));
  }

  /** Returns the error that a member of an answer is, or null. */
  public static @Nullable AGException error(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? null : WireErrors.hydrate(Payload.of(node));
  }
}
