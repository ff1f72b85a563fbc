// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import org.jspecify.annotations.Nullable;

/** Start and end of a JSON value in a message, in one long: nothing to allocate. */
final class Slice {
  static final long NONE = -1;

  private Slice() {}

  static long of(int start, int end) {
    return ((long) start << Integer.SIZE) | end;
  }

  static int start(long slice) {
    return (int) (slice >>> Integer.SIZE);
  }

  static int end(long slice) {
    return (int) slice;
  }

  static boolean isString(byte[] in, long slice) {
    return slice != NONE && in[start(slice)] == '"';
  }

  static @Nullable Payload payload(byte[] in, long slice) {
    return slice == NONE ? null : Payload.ofJson(in, start(slice), end(slice) - start(slice));
  }
}
