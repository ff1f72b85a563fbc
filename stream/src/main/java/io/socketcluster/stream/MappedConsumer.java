// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A consumer seen through a function. */
final class MappedConsumer<T, R> implements DeadlineConsumer<R> {
  private final StreamConsumer<T> source;
  private final Function<? super T, ? extends @Nullable R> mapper;

  MappedConsumer(StreamConsumer<T> source, Function<? super T, ? extends @Nullable R> mapper) {
    this.source = source;
    this.mapper = mapper;
  }

  @Override
  public long id() {
    return source.id();
  }

  @Override
  public @Nullable Duration timeout() {
    return source.getStats().timeout();
  }

  @Override
  public StreamItem<R> next(@Nullable Deadline deadline) throws InterruptedException {
    while (true) {
      switch (nextOfSource(deadline)) {
        case Value<T> item -> {
          R mapped = mapper.apply(item.value());
          if (mapped != null) {
            return new Value<>(mapped);
          }
        }
        case End<T> end -> {
          T value = end.value();
          return new End<>(value == null ? null : mapper.apply(value));
        }
      }
    }
  }

  private StreamItem<T> nextOfSource(@Nullable Deadline deadline) throws InterruptedException {
    return source instanceof DeadlineConsumer<T> bounded ? bounded.next(deadline) : source.next();
  }

  @Override
  public void close() {
    source.close();
  }

  @Override
  public int getBackpressure() {
    return source.getBackpressure();
  }

  @Override
  public ConsumerStats getStats() {
    return source.getStats();
  }
}
