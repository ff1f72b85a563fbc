// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

/** The account of a connection that has no socket yet: the bytes that came and are kept. */
public final class CountedBytes extends MemoryAccount {
  private final Runnable closing;
  private long bytes;

  /**
   * Creates an account that holds nothing.
   *
   * @param closing closes the connection
   */
  public CountedBytes(LoopMemory loop, Runnable closing) {
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

  @Override
  protected long measure() {
    return bytes;
  }

  @Override
  protected void giveUp(MemoryBound bound, long heldBytes) {
    closing.run();
  }
}
