// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/**
 * How a client is told that its token is taken away. Immutable.
 *
 * @param rejectOnFailedDelivery whether the future of {@code deauthenticate} waits until the client
 *     has confirmed that it removed the token
 */
public record DeauthenticateOptions(boolean rejectOnFailedDelivery) {
  /** Without waiting for the client. */
  public static final DeauthenticateOptions DEFAULT = new DeauthenticateOptions(false);

  /** Returns these options with a future that waits for the client's confirmation. */
  public DeauthenticateOptions withRejectOnFailedDelivery() {
    return new DeauthenticateOptions(true);
  }
}
