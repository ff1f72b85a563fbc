// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** How a client is told that its token is taken away. Immutable. */
public final class DeauthenticateOptions {
  /** Without waiting for the client. */
  public static final DeauthenticateOptions DEFAULT = new DeauthenticateOptions(false);

  private static final DeauthenticateOptions CONFIRMED = new DeauthenticateOptions(true);

  private final boolean rejectOnFailedDelivery;

  private DeauthenticateOptions(boolean rejectOnFailedDelivery) {
    this.rejectOnFailedDelivery = rejectOnFailedDelivery;
  }

  /** Returns these options with a future that waits for the client's confirmation. */
  public DeauthenticateOptions withRejectOnFailedDelivery() {
    return CONFIRMED;
  }

  /**
   * Returns whether the future of {@code deauthenticate} waits until the client has confirmed that
   * it removed the token.
   */
  public boolean rejectOnFailedDelivery() {
    return rejectOnFailedDelivery;
  }

  @Override
  public String toString() {
    return "DeauthenticateOptions[rejectOnFailedDelivery=" + rejectOnFailedDelivery + "]";
  }
}
