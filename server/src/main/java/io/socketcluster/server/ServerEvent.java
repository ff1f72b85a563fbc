// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The payloads of a server's events; the event names are constants of {@link AGServer}. */
public sealed interface ServerEvent {
  /** A fatal error. */
  record Failure(Throwable error) implements ServerEvent {}

  /** An error that the server survives, including errors of its sockets. */
  record Warning(Throwable warning) implements ServerEvent {}

  /** A socket was created and starts its handshake. */
  record Handshake(AGServerSocket socket) implements ServerEvent {}

  /**
   * A socket completed its handshake.
   *
   * @param pingTimeout how long a side may be silent before it counts as gone
   * @param authError why the token that the client sent was not accepted, otherwise null
   */
  record Connection(
      AGServerSocket socket,
      String id,
      Duration pingTimeout,
      boolean isAuthenticated,
      @Nullable AGException authError)
      implements ServerEvent {}

  /**
   * A socket closed during its handshake, after it, or at either time, depending on the name of the
   * event.
   */
  record Closed(AGServerSocket socket, int code, @Nullable String reason) implements ServerEvent {}

  /** A socket subscribed to a channel. */
  record Subscription(AGServerSocket socket, String channel, JsonNode subscriptionOptions)
      implements ServerEvent {}

  /** A socket unsubscribed from a channel. */
  record Unsubscription(AGServerSocket socket, String channel) implements ServerEvent {}

  /** A socket was authenticated. */
  record Authentication(AGServerSocket socket, JsonNode authToken) implements ServerEvent {}

  /** A socket lost its token. */
  record Deauthentication(AGServerSocket socket, @Nullable JsonNode oldAuthToken)
      implements ServerEvent {}

  /** The authentication state of a socket changed. */
  record AuthenticationStateChange(
      AGServerSocket socket,
      AuthState oldAuthState,
      AuthState newAuthState,
      @Nullable JsonNode authToken)
      implements ServerEvent {}

  /** A client tried to authenticate with a bad token. */
  record BadSocketAuthToken(AGServerSocket socket, AGException authError, String signedAuthToken)
      implements ServerEvent {}

  /** The server accepts connections. */
  record Ready() implements ServerEvent {}
}
