// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest messages of a channel within bounds of number, bytes and age, in a ring. Not
 * thread-safe.
 */
final class KeptMessages {
  private static final int SMALLEST = 8;

  private final int most;
  private final long mostBytes;
  private Kept[] ring = new Kept[SMALLEST];
  private int first;
  private int count;
  private long bytes;
  private long lastOffset;
  private long droppedThrough; // the offset of the last message that is not there any more

  KeptMessages(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Returns the offset of the newest message, or zero if there was none. */
  long lastOffset() {
    return lastOffset;
  }

  /** Returns the offset after which everything is there. */
  long droppedThrough() {
    return droppedThrough;
  }

  long bytes() {
    return bytes;
  }

  int count() {
    return count;
  }

  /** Adds a message, and drops the oldest beyond the bounds: perhaps itself. */
  void add(Kept message) {
    lastOffset = message.offset();
    bytes += message.bytes();
    while (count > 0 && (count >= most || bytes > mostBytes)) {
      dropFirst();
    }
    if (bytes > mostBytes) { // it is too large alone
      bytes -= message.bytes();
      droppedThrough = message.offset();
      return;
    }
    if (count == ring.length) {
      resize(Math.min(most, 2 * count));
    }
    ring[slot(count)] = message;
    count++;
  }

  private int slot(int index) {
    int at = first + index;
    return at < ring.length ? at : at - ring.length;
  }

  private Kept at(int index) {
    return ring[slot(index)];
  }

  private void resize(int length) {
    Kept[] other = new Kept[Math.max(SMALLEST, length)];
    for (int i = 0; i < count; i++) {
      other[i] = at(i);
    }
    ring = other;
    first = 0;
  }

  @SuppressWarnings("NullAway") // a slot without a message is not looked at
  private void dropFirst() {
    Kept oldest = ring[first];
    ring[first] = null;
    first = slot(1);
    count--;
    bytes -= oldest.bytes();
    droppedThrough = oldest.offset();
  }

  /** Drops what was kept before a moment. */
  void expire(long before) {
    while (count > 0 && at(0).at() - before < 0) {
      dropFirst();
    }
    if (count < ring.length / 4 && ring.length > SMALLEST) {
      resize(2 * count);
    }
  }

  /** Drops everything. */
  void clear() {
    droppedThrough = lastOffset;
    ring = new Kept[SMALLEST];
    first = 0;
    count = 0;
    bytes = 0;
  }

  /** Drops everything, and goes on behind an offset. */
  void restart(long offset) {
    clear();
    lastOffset = offset;
    droppedThrough = offset;
  }

  /** Nothing was published up to an offset. */
  void advance(long offset) {
    lastOffset = Math.max(lastOffset, offset);
  }

  /** Returns whether so many of the newest messages are here, or all that there may be or were. */
  boolean hasNewest(int wanted) {
    return Math.min(wanted, most) <= count || droppedThrough == 0;
  }

  /** Returns the offset before the newest messages, of which so many are wanted. */
  long before(int newest) {
    int index = count - newest;
    return newest <= 0 ? lastOffset : index <= 0 ? droppedThrough : at(index - 1).offset();
  }

  /**
   * Returns messages after an offset, in their order: as many as fit into so many bytes, but one at
   * least if there is any.
   */
  List<Kept> after(long offset, long byteLimit) {
    List<Kept> found = new ArrayList<>();
    long size = 0;
    for (int i = indexAfter(offset); i < count && (size < byteLimit || found.isEmpty()); i++) {
      found.add(at(i));
      size += at(i).bytes();
    }
    return found;
  }

  private int indexAfter(long offset) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).offset() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
