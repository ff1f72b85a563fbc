// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.EmptyArrays;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The body of a request while it comes, up to a bound. Event loop only. */
final class RequestBody {
  private final int limit;
  private @Nullable ByteArrayOutputStream bytes; // made when there are some

  RequestBody(int limit) {
    this.limit = limit;
  }

  /** Takes a part; returns false, and keeps nothing, when that makes the body too long. */
  boolean add(ByteBuf part) {
    int length = part.readableBytes();
    if (length == 0) {
      return true;
    }
    ByteArrayOutputStream begun = bytes;
    if (length > limit - (begun == null ? 0 : begun.size())) {
      bytes = null;
      return false;
    }
    if (begun == null) {
      begun = new ByteArrayOutputStream(length);
      bytes = begun;
    }
    try {
      part.readBytes(begun, length);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory fails in no such way", e);
    }
    return true;
  }

  /** Returns what has come. */
  byte[] whole() {
    ByteArrayOutputStream begun = bytes;
    return begun == null ? EmptyArrays.EMPTY_BYTES : begun.toByteArray();
  }
}
