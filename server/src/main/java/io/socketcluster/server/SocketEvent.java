// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The payloads of the events of a socket; the names are constants of {@link AGServerSocket}. */
public sealed interface SocketEvent {
  /** Something went wrong on this socket. */
  record Failure(Throwable error) implements SocketEvent {}

  /** A message that is no packet. */
  record Raw(String message) implements SocketEvent {}

  /** A message as it came, whatever it is. Immutable. */
  final class Message implements SocketEvent {
    private final byte[] bytes;

    /** Creates the event; {@code bytes} must not change afterwards. */
    public Message(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Returns the message as text. */
    public String message() {
      return new String(bytes, UTF_8);
    }

    /** Returns a copy of the message, for codecs whose messages are no text. */
    public byte[] toBytes() {
      return bytes.clone();
    }

    /** Returns how many bytes the message has. */
    public int size() {
      return bytes.length;
    }

    @Override
    public String toString() {
      return "Message[" + bytes.length + " bytes]";
    }
  }

  /** The handshake is complete. */
  record Connect(
      String id, Duration pingTimeout, boolean isAuthenticated, @Nullable AGException authError)
      implements SocketEvent {}

  /** The socket closed: during the handshake, after it, or either, by the name of the event. */
  record Closed(int code, @Nullable String reason) implements SocketEvent {}

  /** Nothing follows. */
  record End() implements SocketEvent {}

  /** The socket subscribed to a channel. */
  record Subscribe(String channel, JsonNode subscriptionOptions) implements SocketEvent {}

  /** The socket unsubscribed from a channel. */
  record Unsubscribe(String channel) implements SocketEvent {}

  /** The authentication state changed. */
  record AuthStateChange(
      AuthState oldAuthState, AuthState newAuthState, @Nullable JsonNode authToken)
      implements SocketEvent {}

  /** The socket was authenticated. */
  record Authenticate(JsonNode authToken) implements SocketEvent {}

  /** The socket lost its token. */
  record Deauthenticate(@Nullable JsonNode oldAuthToken) implements SocketEvent {}

  /** A token was signed for this socket. */
  record AuthTokenSigned(String signedAuthToken) implements SocketEvent {}

  /** The client tried to authenticate with a bad token. */
  record BadAuthToken(AGException authError, String signedAuthToken) implements SocketEvent {}
}
