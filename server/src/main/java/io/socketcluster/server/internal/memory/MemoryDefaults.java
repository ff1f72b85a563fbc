// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

import io.netty.util.internal.PlatformDependent;

/** How much memory is kept for clients by default. */
public final class MemoryDefaults {
  private static final int HEAP_OF_REQUEST = 16 * 1024 * 1024;

  private MemoryDefaults() {}

  /**
   * As much as the finer limits of a socket allow together: a message that is read and one that is
   * inflated, each up to twice its size, what waits for handlers and middleware, and to be read.
   */
  public static long forSocket(int maxPayload, int inboundBufferLimit, int outboundBufferLimit) {
    return outboundBufferLimit + 4L * (maxPayload + (long) inboundBufferLimit);
  }

  /**
   * Returns how many plain requests are answered at the same time: the application makes each
   * answer as large as it likes.
   */
  public static int plainRequests() {
    return Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_OF_REQUEST, 8, 256);
  }

  /**
   * A third of the heap, for a large array can take twice its size of it (G1 gives it regions of
   * its own), and half of what is outside, where the frames are that wait to be read.
   */
  public static long forServer() {
    long heap = Runtime.getRuntime().maxMemory() / 3;
    return Math.min(heap, PlatformDependent.maxDirectMemory() / 2);
  }
}
