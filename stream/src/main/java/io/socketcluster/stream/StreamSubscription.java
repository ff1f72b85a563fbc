// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import io.socketcluster.stream.StreamItem.Value;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber and its consumer.
 *
 * <p>The demand is the token of the thread: whoever raises it from 0 starts the thread, and the
 * thread ends when it has brought it down to 0. So there is never more than one, and signals are
 * serial. The demand starts at 1, held by {@link #start()}, so that nothing is signalled before
 * {@code onSubscribe} has returned.
 */
final class StreamSubscription<T> implements Flow.Subscription, Runnable {
  private final Flow.Subscriber<? super T> subscriber;
  private final StreamConsumer<T> consumer;
  private final AtomicLong demand = new AtomicLong(1);

  // Written by any thread before the consumer is closed, read by the thread that takes its end.
  private volatile boolean done;
  private volatile @Nullable Throwable refusal;

  StreamSubscription(Flow.Subscriber<? super T> subscriber, StreamConsumer<T> consumer) {
    this.subscriber = subscriber;
    this.consumer = consumer;
  }

  void start() {
    try {
      subscriber.onSubscribe(this);
    } catch (Throwable e) {
      abort(e);
      return;
    }
    if (!fulfilled()) {
      startThread();
    }
  }

  @Override
  public void request(long n) {
    if (done) {
      return;
    }
    if (n <= 0) {
      refusal = new IllegalArgumentException("request(n): expected n > 0 but was " + n);
      consumer.close();
    }
    long added = Math.max(n, 1);
    long before = demand.getAndUpdate(d -> d > Long.MAX_VALUE - added ? Long.MAX_VALUE : d + added);
    if (before == 0) {
      startThread();
    }
  }

  /** Without a thread the subscription fails: nobody would start one later. */
  private void startThread() {
    try {
      VirtualThreadExecutor.INSTANCE.execute(this);
    } catch (Throwable e) {
      refusal = e;
      consumer.close();
      endSafely();
    }
  }

  private void endSafely() {
    try {
      end();
    } catch (Throwable e) {
      abort(e);
    }
  }

  @Override
  public void cancel() {
    done = true;
    consumer.close();
  }

  /** Takes one from the demand; a demand of MAX_VALUE is without limit. */
  private boolean fulfilled() {
    return demand.updateAndGet(d -> d == Long.MAX_VALUE ? d : d - 1) == 0;
  }

  @Override
  public void run() {
    try {
      while (deliver()) {
        if (fulfilled()) {
          return;
        }
      }
    } catch (Throwable e) {
      abort(e);
    }
  }

  /** The subscriber itself threw, which the rules forbid: it hears no more. */
  private void abort(Throwable error) {
    cancel();
    StreamHome.uncaught(error);
  }

  /** Signals one item and returns true, or the end and returns false. */
  private boolean deliver() {
    StreamItem<T> item;
    try {
      item = consumer.next();
    } catch (InterruptedException | RuntimeException | Error e) {
      refusal = e;
      consumer.close();
      return end();
    }
    if (!done && refusal == null && item instanceof Value<T> value) {
      subscriber.onNext(value.value());
      return true;
    }
    return end();
  }

  private boolean end() {
    if (!done) {
      done = true;
      Throwable error = refusal;
      if (error != null) {
        subscriber.onError(error);
      } else {
        subscriber.onComplete();
      }
    }
    return false;
  }
}
