// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import org.jspecify.annotations.Nullable;

/**
 * The token that the server has accepted, if any. Written on the event loop, read by any thread.
 */
public final class CurrentLogin {
  private volatile @Nullable Login login;

  /** Returns the token that the server has accepted, or null. */
  public @Nullable Login get() {
    return login;
  }

  /** Returns whether the server has accepted a token. */
  public boolean isPresent() {
    return login != null;
  }

  void set(@Nullable Login value) {
    login = value;
  }
}
