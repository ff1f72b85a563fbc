// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a few compressors or their opposite between two messages: they hold memory outside of the
 * heap, which must be bounded and given back. Thread-safe.
 */
public final class ZipPool<Z> {
  private static final int SIZE = Runtime.getRuntime().availableProcessors();
  private static final boolean NO_ZLIB_HEADER = true;

  private final BlockingQueue<Z> idle;
  private final Supplier<Z> maker;
  private final Consumer<Z> reset;
  private final Consumer<Z> end;
  private volatile boolean closed;

  ZipPool(int size, Supplier<Z> maker, Consumer<Z> reset, Consumer<Z> end) {
    this.idle = new ArrayBlockingQueue<>(size);
    this.maker = maker;
    this.reset = reset;
    this.end = end;
  }

  /** Returns a pool of compressors of one level. */
  public static ZipPool<Deflater> deflaters(int level) {
    return new ZipPool<>(
        SIZE, () -> new Deflater(level, NO_ZLIB_HEADER), Deflater::reset, Deflater::end);
  }

  /** Returns a pool of what inflates. */
  public static ZipPool<Inflater> inflaters() {
    return new ZipPool<>(SIZE, () -> new Inflater(NO_ZLIB_HEADER), Inflater::reset, Inflater::end);
  }

  /** Returns one for the caller alone, who gives it back. */
  Z take() {
    Z taken = idle.poll();
    return taken == null ? maker.get() : taken;
  }

  void giveBack(Z used) {
    reset.accept(used);
    if (!idle.offer(used)) {
      end.accept(used);
    }
    if (closed) {
      endIdle();
    }
  }

  /** Ends those that are kept, and those in use when they come back. */
  void close() {
    closed = true;
    endIdle();
  }

  private void endIdle() {
    @Nullable Z next = idle.poll();
    while (next != null) {
      end.accept(next);
      next = idle.poll();
    }
  }
}
