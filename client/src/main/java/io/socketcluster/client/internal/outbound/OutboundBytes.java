// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.outbound;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.protocol.errors.ResourceLimitError;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Counts the bytes that were accepted and are not written yet, up to a bound. Thread-safe. */
public final class OutboundBytes {
  private final Supplier<AGClientOptions> options;
  private final AtomicLong bytes = new AtomicLong();

  /** Begins with none. */
  public OutboundBytes(Supplier<AGClientOptions> options) {
    this.options = options;
  }

  /**
   * Counts bytes that are to be sent. The first message is accepted whatever its size.
   *
   * @param subject what has these bytes, for the error
   * @throws ResourceLimitError when too many wait already
   */
  void reserve(String subject, int size) {
    int limit = options.get().outboundBufferLimit();
    long before = bytes.getAndAdd(size);
    if (before > 0 && before + size > limit) {
      release(size);
      throw new ResourceLimitError(
          subject + " was not sent, as " + before + " bytes of " + limit + " wait");
    }
  }

  void release(int size) {
    bytes.addAndGet(-size);
  }

  /** Returns how many bytes wait to be sent. */
  public long waiting() {
    return bytes.get();
  }
}
