// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.protocol.errors.AGException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The payloads of the events of a client's socket; the names are constants of {@link
 * AGClientSocket}, and those of channels are {@code ChannelEvent}s.
 */
public sealed interface ClientEvent {
  /**
   * Something went wrong on this socket.
   *
   * @param error mostly an {@code AGException}; what a handler or an {@link AuthEngine} threw
   */
  record Failure(Throwable error) implements ClientEvent {}

  /** A message that is no packet. */
  record Raw(String message) implements ClientEvent {}

  /** A message as it came, whatever it is. Immutable. */
  final class Message implements ClientEvent {
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

    @Override
    public String toString() {
      return "Message[" + bytes.length + " bytes]";
    }
  }

  /** The socket begins to connect. */
  record Connecting() implements ClientEvent {}

  /**
   * The handshake is complete.
   *
   * @param id the id that the server has given this connection
   * @param pingTimeout how long the server may be silent
   * @param isAuthenticated whether the server has accepted the token that was kept
   * @param authError why not, or null
   */
  record Connect(
      String id, Duration pingTimeout, boolean isAuthenticated, @Nullable AGException authError)
      implements ClientEvent {}

  /**
   * The socket closed: before its handshake, after it, or either, by the name of the event.
   *
   * @param code the code of the close frame, whoever sent it; 1005 for one without a code, 1006
   *     when there was none, 4000 when the server was silent, 4007 when connecting took too long
   * @param reason what the close frame said, else what the code means, else null
   */
  record Closed(int code, @Nullable String reason) implements ClientEvent {}

  /**
   * The server ended the subscription to a channel.
   *
   * @param message why, if the server said so
   */
  record KickOut(String channel, @Nullable String message) implements ClientEvent {}

  /** The server is asked for a subscription. */
  record SubscribeRequest(String channel, ChannelOptions subscriptionOptions)
      implements ClientEvent {}

  /** The authentication state changed; the token is the new one, null when there is none. */
  record AuthStateChange(
      AuthState oldAuthState,
      AuthState newAuthState,
      @Nullable String signedAuthToken,
      @Nullable JsonNode authToken)
      implements ClientEvent {
    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "AuthStateChange[" + oldAuthState + ", " + newAuthState + "]";
    }
  }

  /** The socket was authenticated. */
  record Authenticate(String signedAuthToken, JsonNode authToken) implements ClientEvent {
    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "Authenticate[" + authToken + "]";
    }
  }

  /** The socket lost its token. */
  record Deauthenticate(@Nullable String oldSignedAuthToken, @Nullable JsonNode oldAuthToken)
      implements ClientEvent {
    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "Deauthenticate[" + oldAuthToken + "]";
    }
  }

  /** The token that was kept is forgotten; null when none was kept. */
  record RemoveAuthToken(@Nullable String oldAuthToken) implements ClientEvent {
    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "RemoveAuthToken[]";
    }
  }
}
