// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import io.socketcluster.protocol.Payload;
import java.lang.ref.WeakReference;

/**
 * Data for many clients, encoded once for all of them. It keeps no memory: as soon as no client
 * waits for the data any more, a collection of garbage takes the encoded form. Thread-safe.
 */
final class Broadcast {
  private final WeakReference<Payload> data;
  private volatile WeakReference<byte[]> message = new WeakReference<>(null);

  Broadcast(Payload data) {
    this.data = new WeakReference<>(data);
  }

  /** Returns whether this is the broadcast of a payload, and not of an equal one. */
  boolean isOf(Payload payload) {
    return data.refersTo(payload);
  }

  /** Returns the encoded form of the payload of this broadcast. */
  byte[] encoded(Payload payload) {
    byte[] known = message.get();
    if (known == null) {
      known = Messages.write(payload);
      message = new WeakReference<>(known);
    }
    return known;
  }
}
