// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** An answer that is sent in parts. Thread-safe; parts of one thread keep their order. */
public interface HttpStream {
  /**
   * Sends a part and takes over its reference. Send the next part when this one has left, so that
   * no more than one waits for a slow client.
   *
   * @param left is told on the event loop of the connection whether the part has left: false when
   *     the connection is gone
   */
  void write(ByteBuf part, Consumer<Boolean> left);

  /** Ends the answer. */
  void end();
}
