// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The account of a connection without a socket: the bytes that came and are kept, and its answer.
 */
public final class CountedBytes extends MemoryAccount {
  private final Closing closing;
  private @Nullable LongSupplier answer; // none: nothing else is kept
  private long bytes;

  /** Closes the connection, for which too much is kept, and says so. */
  @FunctionalInterface
  public interface Closing {
    void close(MemoryBound bound, long heldBytes);
  }

  /** Creates an account that holds nothing. */
  public CountedBytes(LoopMemory loop, Closing closing) {
    super(loop);
    this.closing = closing;
  }

  /** So many bytes more are kept. */
  public void add(int more) {
    bytes += more;
    grew(more);
  }

  /** Nothing is kept any more. */
  public void clear() {
    if (bytes > 0) {
      bytes = 0;
      look();
    }
  }

  /**
   * Something else is kept, until {@link #holdsNoMore}.
   *
   * @param bytes how much of it is charged to this connection
   */
  public void holds(LongSupplier bytes) {
    answer = bytes;
    look();
  }

  /** What {@link #holds} was told of is kept no longer. */
  public void holdsNoMore() {
    answer = null;
    look();
  }

  @Override
  protected long measure() {
    LongSupplier more = answer;
    return more == null ? bytes : bytes + more.getAsLong();
  }

  /** How long an answer is, the application decides. */
  @Override
  protected boolean isBoundedAlone() {
    return answer == null;
  }

  @Override
  protected void giveUp(MemoryBound bound, long heldBytes) {
    closing.close(bound, heldBytes);
    bytes = 0; // the connection lets go of all in tasks that follow
    answer = null;
  }
}
