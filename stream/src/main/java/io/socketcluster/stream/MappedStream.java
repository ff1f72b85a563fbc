// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stream seen through a function. Immutable. */
final class MappedStream<T, R> implements ConsumableStream<R> {
  private final ConsumableStream<T> source;
  private final Function<? super T, ? extends @Nullable R> mapper;

  MappedStream(ConsumableStream<T> source, Function<? super T, ? extends @Nullable R> mapper) {
    this.source = source;
    this.mapper = requireNonNull(mapper, "mapper");
  }

  @Override
  public StreamConsumer<R> createConsumer() {
    return new MappedConsumer<>(source.createConsumer(), mapper);
  }

  @Override
  public StreamConsumer<R> createConsumer(Duration timeout) {
    return new MappedConsumer<>(source.createConsumer(timeout), mapper);
  }

  @Override
  public Consumption consume(StreamHandler<? super R> handler) {
    return source.consume(mapped(handler));
  }

  @Override
  public Consumption consume(StreamHandler<? super R> handler, Executor executor) {
    return source.consume(mapped(handler), executor);
  }

  private StreamHandler<T> mapped(StreamHandler<? super R> handler) {
    requireNonNull(handler, "handler");
    return item -> {
      R mapped = mapper.apply(item);
      if (mapped != null) {
        handler.handle(mapped);
      }
    };
  }
}
