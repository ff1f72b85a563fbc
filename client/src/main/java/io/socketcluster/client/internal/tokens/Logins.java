// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.client.internal.channels.Channels;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.core.AuthState;

/** Logs the socket in and out, and tells of it. Event loop only. */
public final class Logins {
  private final CurrentLogin current;
  private final Channels channels;
  private final ClientEvents events;

  /** Begins logged out. */
  public Logins(CurrentLogin current, Channels channels, ClientEvents events) {
    this.current = current;
    this.channels = channels;
    this.events = events;
  }

  /** The server has accepted a token. */
  void logIn(String token) {
    boolean isFirst = !current.isPresent();
    Login now = Login.of(token);
    current.set(now);
    if (isFirst) {
      channels.authenticated();
      events.emit(
          AGClientSocket.AUTH_STATE_CHANGE,
          new ClientEvent.AuthStateChange(
              AuthState.UNAUTHENTICATED, AuthState.AUTHENTICATED, token, now.authToken()));
    }
    events.emit(AGClientSocket.AUTHENTICATE, new ClientEvent.Authenticate(token, now.authToken()));
  }

  /** The socket has no token any more. */
  void logOut() {
    Login before = current.get();
    if (before != null) {
      current.set(null);
      events.emit(
          AGClientSocket.AUTH_STATE_CHANGE,
          new ClientEvent.AuthStateChange(
              AuthState.AUTHENTICATED, AuthState.UNAUTHENTICATED, null, null));
      events.emit(
          AGClientSocket.DEAUTHENTICATE,
          new ClientEvent.Deauthenticate(before.signedAuthToken(), before.authToken()));
    }
  }
}
