// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.EmptyArrays;
import java.util.Arrays;

/**
 * The body of a request while it comes, up to a bound. Whatever its head says of its length, no
 * more is allocated than twice what has come. Event loop only.
 */
public final class RequestBody {
  private final int limit;
  private final long announced;
  private byte[] bytes = EmptyArrays.EMPTY_BYTES;
  private int length;

  /**
   * Makes an empty body.
   *
   * @param limit how long it may be
   * @param announced how long it is by its head; 0 when the head does not say
   */
  public RequestBody(int limit, long announced) {
    this.limit = limit;
    this.announced = announced;
  }

  /** Takes a part; returns false, and keeps nothing, when that makes the body too long. */
  public boolean add(ByteBuf part) {
    int more = part.readableBytes();
    if (more > limit - length) {
      bytes = EmptyArrays.EMPTY_BYTES;
      length = 0;
      return false;
    }
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, roomFor(length + more));
    }
    part.readBytes(bytes, length, more);
    length += more;
    return true;
  }

  private int roomFor(int needed) {
    long most = announced >= needed ? Math.min(announced, limit) : limit;
    return (int) Math.min(most, 2L * needed);
  }

  /** Returns what has come; the array belongs to the caller. */
  public byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
