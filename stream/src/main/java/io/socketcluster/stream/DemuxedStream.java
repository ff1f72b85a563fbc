// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The streams that a demux has under one name, one after another. Immutable. */
final class DemuxedStream<T> implements ConsumableStream<T> {
  private final NamedStreams<T> streams;
  private final String name;

  DemuxedStream(NamedStreams<T> streams, String name) {
    this.streams = streams;
    this.name = requireNonNull(name, "name");
  }

  @Override
  public StreamConsumer<T> createConsumer() {
    return new BlockingConsumer<>(streams.join(name, null));
  }

  @Override
  public StreamConsumer<T> createConsumer(Duration timeout) {
    return new BlockingConsumer<>(streams.join(name, Deadline.checked(timeout)));
  }

  @Override
  public StreamItem<T> next() throws InterruptedException {
    return streams.join(name, null).takeOnly();
  }

  @Override
  public StreamItem<T> next(Duration timeout) throws InterruptedException {
    return streams.join(name, Deadline.checked(timeout)).takeOnly();
  }

  @Override
  public Consumption consume(StreamHandler<? super T> handler) {
    return consume(handler, streams.handlerExecutor);
  }

  @Override
  public Consumption consume(StreamHandler<? super T> handler, Executor executor) {
    requireNonNull(handler, "handler");
    requireNonNull(executor, "executor");
    return new HandlerConsumption<>(streams.join(name, null), handler, executor).start();
  }
}
