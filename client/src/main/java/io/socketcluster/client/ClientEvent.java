// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.ChannelOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The payloads of the events that only a client's socket has; their names are constants of {@link
 * AGClientSocket}. The others are {@code ConnectionEvent}s and {@code ChannelEvent}s.
 */
public sealed interface ClientEvent {
  /** The socket begins to connect. */
  record Connecting() implements ClientEvent {}

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
