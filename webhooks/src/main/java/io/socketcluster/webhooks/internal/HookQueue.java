// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.webhooks.WebhookOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait, in lanes: events with the same key are in the same lane, and a lane sends
 * one at a time on a virtual thread that it has while there is work. Thread-safe.
 */
public final class HookQueue implements AutoCloseable {
  private static final long BETWEEN_WARNINGS = TimeUnit.SECONDS.toNanos(10);

  private final WebhookOptions options;
  private final Consumer<Throwable> warnings;
  private final HookSender sender;
  private final List<Lane> lanes;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());
  private volatile boolean isClosed;

  public HookQueue(WebhookOptions options, Consumer<Throwable> warnings) {
    this.options = options;
    this.warnings = warnings;
    this.sender = new HookSender(options);
    this.lanes = new ArrayList<>(options.concurrency());
    for (int i = 0; i < options.concurrency(); i++) {
      lanes.add(new Lane());
    }
  }

  public int waiting() {
    return waiting.get();
  }

  public long dropped() {
    return dropped.get();
  }

  void add(Hook hook) {
    if (isClosed) {
      return;
    }
    if (waiting.incrementAndGet() > options.queueLimit()) {
      waiting.decrementAndGet();
      drop("Too many events wait for the webhook");
    } else {
      lanes.get(Math.floorMod(hook.key().hashCode(), lanes.size())).add(hook);
    }
  }

  private void drop(String reason) {
    long count = dropped.incrementAndGet();
    long now = System.nanoTime();
    long next = nextWarning.get();
    if (now - next >= 0 && nextWarning.compareAndSet(next, now + BETWEEN_WARNINGS)) {
      warnings.accept(new AGException("WebhookError", reason + "; dropped so far: " + count));
    }
  }

  @Override
  public void close() {
    isClosed = true;
    lanes.forEach(Lane::close);
    sender.close();
  }

  private final class Lane {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Deque<Hook> hooks = new ArrayDeque<>();

    @GuardedBy("lock")
    private @Nullable Thread thread;

    void add(Hook hook) {
      lock.lock();
      try {
        if (isClosed) {
          waiting.decrementAndGet();
          return;
        }
        hooks.add(hook);
        if (thread == null) {
          thread = Thread.ofVirtual().name("webhooks").start(this::work);
        }
      } finally {
        lock.unlock();
      }
    }

    private void work() {
      for (Hook hook = next(); hook != null; hook = next()) {
        try {
          if (!sender.send(hook)) {
            drop("The webhook has not taken an event");
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return; // closed
        } catch (RuntimeException e) {
          drop("An event could not be sent: " + e);
        } finally {
          waiting.decrementAndGet();
        }
      }
    }

    /** Returns the next event; without one, the thread ends. */
    private @Nullable Hook next() {
      lock.lock();
      try {
        Hook hook = hooks.poll();
        if (hook == null) {
          thread = null;
        }
        return hook;
      } finally {
        lock.unlock();
      }
    }

    void close() {
      lock.lock();
      try {
        waiting.addAndGet(-hooks.size());
        hooks.clear();
        if (thread != null) {
          thread.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
