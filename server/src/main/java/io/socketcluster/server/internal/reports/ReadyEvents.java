// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.reports;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamDemux;
import io.socketcluster.stream.StreamHandler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ready event happens once, often before {@code listen} returns, so that nobody could wait for
 * it: who comes later receives it too. Thread-safe.
 */
public final class ReadyEvents implements ConsumableStream<Object> {
  private static final String NAME = AGServer.READY.name();

  private final StreamDemux<Object> listeners;
  private final ConsumableStream<Object> events;
  private final ReentrantLock lock = new ReentrantLock(); // joining and announcing, one by one

  @GuardedBy("lock")
  private boolean announced;

  public ReadyEvents(StreamDemux<Object> listeners) {
    this.listeners = listeners;
    this.events = listeners.stream(NAME);
  }

  /** Emits the event, the first time. */
  public void announce() {
    lock.lock();
    try {
      if (!announced) {
        announced = true;
        listeners.write(NAME, new ServerEvent.Ready());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StreamConsumer<Object> createConsumer() {
    lock.lock();
    try {
      StreamConsumer<Object> consumer = events.createConsumer();
      tell(consumer.id());
      return consumer;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StreamConsumer<Object> createConsumer(Duration timeout) {
    lock.lock();
    try {
      StreamConsumer<Object> consumer = events.createConsumer(timeout);
      tell(consumer.id());
      return consumer;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Consumption consume(StreamHandler<? super Object> handler, Executor executor) {
    lock.lock();
    try {
      Consumption consumption = events.consume(handler, executor);
      tell(consumption.id());
      return consumption;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void tell(long consumerId) {
    if (announced) {
      listeners.writeToConsumer(consumerId, new ServerEvent.Ready());
    }
  }
}
