// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

/**
 * The codes a connection is closed with: those of RFC 6455 (7.4.1) and SocketCluster's own, from
 * 4000 on. 1005 and 1006 are never on the wire: an end reports them to itself.
 */
public final class CloseCode {
  /** The connection has done its work. Not an error; the stock client stays away. */
  public static final int NORMAL = 1000;

  /** This end goes away. Not an error. */
  public static final int GOING_AWAY = 1001;

  /** The other end broke the WebSocket protocol. */
  public static final int PROTOCOL_ERROR = 1002;

  /** The kind of data cannot be accepted. */
  public static final int UNSUPPORTED_DATA = 1003;

  /** The close frame had no code. */
  public static final int NO_STATUS = 1005;

  /** The connection ended without a close frame. */
  public static final int HUNG_UP = 1006;

  /** A text message was no valid UTF-8. */
  public static final int INVALID_DATA = 1007;

  /** A message broke a rule of this end. */
  public static final int POLICY_VIOLATION = 1008;

  /** A message was bigger than allowed. */
  public static final int MESSAGE_TOO_BIG = 1009;

  /** The server did not agree to an extension that the client needs. */
  public static final int MISSING_EXTENSION = 1010;

  /** The server met a condition it did not expect. */
  public static final int INTERNAL_ERROR = 1011;

  /** The server is short of something for now, such as memory. */
  public static final int TRY_AGAIN_LATER = 1013;

  /** The client saw no ping in time. */
  public static final int PING_TIMEOUT = 4000;

  /** The server saw no pong in time. */
  public static final int PONG_TIMEOUT = 4001;

  /** The server could not sign a token. */
  public static final int TOKEN_SIGNING_FAILED = 4002;

  /** The handshake could not be completed. */
  public static final int HANDSHAKE_FAILED = 4003;

  /** The client could not save its token. */
  public static final int TOKEN_NOT_SAVED = 4004;

  /** No {@code #handshake} came in time. */
  public static final int HANDSHAKE_TIMEOUT = 4005;

  /** The socket could not be bound to the broker. */
  public static final int BROKER_BIND_FAILED = 4006;

  /** The client could not connect in time. */
  public static final int CONNECT_TIMEOUT = 4007;

  /** The server refused the handshake. */
  public static final int HANDSHAKE_REJECTED = 4008;

  /** A message came before the {@code #handshake}. */
  public static final int MESSAGE_BEFORE_HANDSHAKE = 4009;

  /** The client read too slowly for what it was sent. */
  public static final int SLOW_CONSUMER = 4010;

  private CloseCode() {}

  /** The text that SocketCluster has for a code; empty if it has none. */
  public static String reasonOf(int code) {
    return switch (code) {
      case NORMAL -> "Socket closed normally";
      case GOING_AWAY -> "Socket was disconnected";
      case PROTOCOL_ERROR -> "A WebSocket protocol error was encountered";
      case UNSUPPORTED_DATA -> "Server terminated socket because it received invalid data";
      case NO_STATUS -> "Socket closed without status code";
      case HUNG_UP -> "Socket hung up";
      case INVALID_DATA -> "Message format was incorrect";
      case POLICY_VIOLATION -> "Encountered a policy violation";
      case MESSAGE_TOO_BIG -> "Message was too big to process";
      case MISSING_EXTENSION ->
          "Client ended the connection because the server did not comply with extension"
              + " requirements";
      case INTERNAL_ERROR -> "Server encountered an unexpected fatal condition";
      default -> ownReasonOf(code);
    };
  }

  private static String ownReasonOf(int code) {
    return switch (code) {
      case PING_TIMEOUT -> "Server ping timed out";
      case PONG_TIMEOUT -> "Client pong timed out";
      case TOKEN_SIGNING_FAILED -> "Server failed to sign auth token";
      case HANDSHAKE_FAILED -> "Failed to complete handshake";
      case TOKEN_NOT_SAVED -> "Client failed to save auth token";
      case HANDSHAKE_TIMEOUT -> "Did not receive #handshake from client before timeout";
      case BROKER_BIND_FAILED -> "Failed to bind socket to message broker";
      case CONNECT_TIMEOUT -> "Client connection establishment timed out";
      case HANDSHAKE_REJECTED -> "Server rejected handshake from client";
      case MESSAGE_BEFORE_HANDSHAKE -> "Server received a message before the client handshake";
      case TRY_AGAIN_LATER -> "Server is short of memory";
      case SLOW_CONSUMER -> "Client was too slow to read";
      default -> "";
    };
  }

  /** Whether an application may close with this code: 1000, or 3000 to 4999 (RFC 6455, 7.4.2). */
  public static boolean isApplicable(int code) {
    return code == NORMAL || (code >= 3000 && code <= 4999);
  }

  /** Whether a close with this code is an error: all but 1000 and 1001 are. */
  public static boolean isError(int code) {
    return code != NORMAL && code != GOING_AWAY;
  }
}
