// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import io.socketcluster.stream.StreamItem.Value;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The for loop over a consumer. Used by one thread; holds its consumer, nothing holds it. */
final class ConsumerIterator<T> implements Iterator<T> {
  private final StreamConsumer<T> consumer;
  private @Nullable T ready;
  private boolean ended;

  ConsumerIterator(StreamConsumer<T> consumer) {
    this.consumer = consumer;
  }

  @Override
  public boolean hasNext() {
    if (ready == null && !ended) {
      advance();
    }
    return ready != null;
  }

  private void advance() {
    try {
      if (consumer.next() instanceof Value<T> item) {
        ready = item.value();
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended = true;
    consumer.close();
  }

  @Override
  public T next() {
    T item = hasNext() ? ready : null;
    if (item == null) {
      throw new NoSuchElementException("The stream has ended");
    }
    ready = null;
    return item;
  }
}
