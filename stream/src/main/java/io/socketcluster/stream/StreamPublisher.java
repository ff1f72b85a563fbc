// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Flow;

/** A stream as a publisher: one consumer for each subscriber. Immutable. */
final class StreamPublisher<T> implements Flow.Publisher<T> {
  private final ConsumableStream<T> stream;

  StreamPublisher(ConsumableStream<T> stream) {
    this.stream = stream;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    requireNonNull(subscriber, "subscriber");
    new StreamSubscription<>(subscriber, stream.createConsumer()).start();
  }
}
