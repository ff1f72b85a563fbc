// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import io.socketcluster.stream.StreamItem.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A handler that takes the items of a cursor.
 *
 * <p>Being in the wait list is the token of the idle handler. Whoever takes it out of there (a
 * writer, or the one who ends the cursor) submits a task, and the task puts it back when there is
 * nothing left to take. So there is at most one task, and each begins after the one before has
 * ended: the lock of the StreamCore and the executor order them.
 *
 * <p>{@code ended} goes from null to a future when somebody asks, and to DONE at the end. All
 * changes are compare-and-set or get-and-set; the future needs to be published, nothing more.
 */
final class HandlerConsumption<T> extends Waiter implements Consumption, Runnable {
  private static final CompletableFuture<@Nullable Void> DONE =
      CompletableFuture.completedFuture(null);
  private static final VarHandle ENDED;

  static {
    try {
      ENDED =
          MethodHandles.lookup()
              .findVarHandle(HandlerConsumption.class, "ended", CompletableFuture.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final StreamHandler<? super T> handler;
  private final Executor executor;

  @SuppressWarnings("unused")
  private @Nullable CompletableFuture<@Nullable Void> ended;

  // Written behind the lock of the StreamCore, see tryAgain: two at a time do no harm.
  private @Nullable Retry retry;

  HandlerConsumption(Cursor<T> cursor, StreamHandler<? super T> handler, Executor executor) {
    super(cursor);
    this.handler = handler;
    this.executor = executor;
  }

  /** Begins to wait, or to work if there is something already. */
  Consumption start() {
    if (!place().core.enqueue(this)) {
      wake();
    }
    return this;
  }

  @SuppressWarnings("unchecked") // it was made with this one
  private Cursor<T> place() {
    return (Cursor<T>) cursor;
  }

  /** Never ends without an end, or being in the wait list: nobody else would start it again. */
  @Override
  public void run() {
    try {
      handleAll();
    } catch (Throwable e) { // no memory for the next step, as handlers fail within it
      waitForNextWrite();
      StreamHome.uncaught(e);
    }
  }

  private void handleAll() {
    Cursor<T> place = place();
    int handled = 0;
    long turn = 0;
    while (true) {
      StreamItem<T> item = place.poll();
      if (item instanceof Value<T> value) {
        handle(value.value());
        if (++handled % FairTurn.ITEMS == 0) {
          turn = FairTurn.yieldAfterItems(turn);
        }
      } else if (item != null) {
        finish();
        return;
      } else if (place.core.enqueue(this)) {
        return;
      }
    }
  }

  private void handle(T item) {
    try {
      handler.handle(item);
    } catch (Throwable e) {
      place().core.home.report(place().core.name, item, e);
    }
  }

  @Override
  void wake() {
    if (place().isEnded() && ENDED.compareAndSet(this, null, DONE)) {
      return; // Nobody asked to be told, so no task is needed.
    }
    Throwable failure = submit();
    if (failure != null) {
      waitForNextWrite();
      place().core.home.executorFailed(place().core.name, failure);
    }
  }

  /** Returns why the executor has taken no task, or null when it has. */
  private @Nullable Throwable submit() {
    try {
      executor.execute(this);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void waitForNextWrite() {
    if (!place().core.enqueueForNextWrite(this)) {
      finish();
    } else if (retry == null) {
      Retry first = new Retry(this);
      retry = first;
      first.later();
    }
  }

  /**
   * Tries to start again, if that is still what it waits for. The retry is forgotten before the
   * second look at the wait list, as {@link #waitForNextWrite} enters the list before it looks
   * whether there is a retry: one of the two sees the other.
   */
  void tryAgain(Retry current) {
    StreamCore<T> core = place().core;
    boolean waits = core.dequeue(this);
    if (!waits) {
      retry = null;
      waits = core.dequeue(this);
    }
    if (!waits || submit() == null) {
      retry = null;
    } else if (core.enqueueForNextWrite(this)) {
      current.later();
    } else {
      finish();
    }
  }

  @Override
  public long id() {
    return cursor.id;
  }

  @Override
  public void close() {
    cursor.leave();
  }

  @Override
  public CompletionStage<Void> ended() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    CompletableFuture<Void> before =
        (CompletableFuture<Void>) ENDED.compareAndExchange(this, null, future);
    return (before == null ? future : before).minimalCompletionStage();
  }

  private void finish() {
    CompletableFuture<Void> future = (CompletableFuture<Void>) ENDED.getAndSet(this, DONE);
    if (future != null) {
      future.complete(null);
    }
  }
}
