// SPDX-License-Identifier: MIT
package io.socketcluster.server.channels;

import io.socketcluster.core.AGSocket;
import io.socketcluster.core.AuthState;

/** The accesses that come with the library. */
enum StandardAccess implements ChannelAccess {
  EVERYONE,
  NOBODY,
  AUTHENTICATED;

  @Override
  public boolean allows(AGSocket socket, String channel) {
    return switch (this) {
      case EVERYONE -> true;
      case NOBODY -> false;
      case AUTHENTICATED -> socket.authState() == AuthState.AUTHENTICATED;
    };
  }

  @Override
  public boolean isNonBlocking() {
    return true;
  }
}
