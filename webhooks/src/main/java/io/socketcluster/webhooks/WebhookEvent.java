// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks;

import java.util.Locale;

/** An event of a socket that a webhook tells. */
public enum WebhookEvent {
  /** A socket completed its handshake. */
  CONNECTION,

  /** A socket closed after its handshake. */
  DISCONNECTION,

  /** A socket subscribed to a channel. */
  SUBSCRIPTION,

  /** A socket unsubscribed from a channel, or its subscription ended. */
  UNSUBSCRIPTION;

  /** Returns the type in the body of a request, such as {@code connection}. */
  public String type() {
    return name().toLowerCase(Locale.ROOT);
  }
}
