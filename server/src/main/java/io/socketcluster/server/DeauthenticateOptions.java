// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** The options of a logout by the server. Immutable. */
public final class DeauthenticateOptions {
  /** The default: the future completes without waiting for the client. */
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
