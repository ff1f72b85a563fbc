// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.errors.AGException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of the events that both ends of a connection have; their names are constants of
 * {@link AGSocket}.
 */
public sealed interface ConnectionEvent {
  /**
   * Something went wrong on a socket.
   *
   * @param error mostly an {@link AGException}, otherwise what code of the application threw
   */
  record Failure(Throwable error) implements ConnectionEvent {}

  /** A message arrived that is no packet. */
  record Raw(String message) implements ConnectionEvent {}

  /** A message as it arrived, whatever it is. Immutable. */
  final class Message implements ConnectionEvent {
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

  /**
   * The handshake is complete.
   *
   * @param id the id that the server has given this connection
   * @param pingTimeout how long the other side may be silent before the connection counts as lost
   * @param isAuthenticated whether the server has accepted the token that the client sent
   * @param authError why the server has not accepted that token, or null
   */
  record Connect(
      String id, Duration pingTimeout, boolean isAuthenticated, @Nullable AGException authError)
      implements ConnectionEvent {}

  /**
   * The connection closed: before its handshake, after it, or either, by the name of the event.
   *
   * @param code the code of the close frame, whichever side sent it. 1005 for a frame without a
   *     code, 1006 without a frame, 4000 and 4001 if the other side was silent, 4007 if connecting
   *     took too long
   * @param reason the reason in the close frame, else what the code means, else null
   */
  record Closed(int code, @Nullable String reason) implements ConnectionEvent {}
}
