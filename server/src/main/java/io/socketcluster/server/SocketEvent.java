// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The payloads of events that only a server's socket has; the event names are constants of {@link
 * AGServerSocket}. Events of both ends are {@code ConnectionEvent}s.
 */
public sealed interface SocketEvent {
  /** The last event of a socket. */
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
