// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.core.AGChannel;
import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.stream.ConsumableStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * What a socket and its channels emit, in the order in which they do. It is written by the threads
 * that emit, so that no event of one stream overtakes one of another.
 */
final class EventLog {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /**
   * An event: its name, that of a channel behind the channel's own and a slash, and its payload.
   */
  record Entry(String name, Object event) {}

  /** Adds these events of a socket, from now on. */
  EventLog of(AsyncStreamEmitter socket, EventName<?>... events) {
    for (EventName<?> event : events) {
      record(event.name(), socket.listener(event.name()));
    }
    return this;
  }

  /** Adds these events of a channel, from now on. */
  @SafeVarargs
  final EventLog of(AGChannel<?> channel, EventName<? extends ChannelEvent>... events) {
    for (EventName<? extends ChannelEvent> event : events) {
      record(channel.name() + "/" + event.name(), channel.listener(event));
    }
    return this;
  }

  private void record(String name, ConsumableStream<?> stream) {
    stream.consume(event -> add(name, event), Runnable::run);
  }

  /** Adds something else. */
  void add(String name, Object event) {
    entries.add(new Entry(name, event));
  }

  /** Returns the names of all events so far. */
  List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /** Returns all events so far. */
  List<Object> events() {
    return entries.stream().map(Entry::event).toList();
  }

  /** Returns something of all events of one kind so far. */
  <E, R extends @Nullable Object> List<R> of(Class<E> kind, Function<E, R> property) {
    return events().stream().filter(kind::isInstance).map(kind::cast).map(property).toList();
  }

  /** Waits until an event of this name has been emitted so often. */
  void await(EventName<?> event, int times) {
    await(event.name(), times);
  }

  /** Waits until an event of this name has been emitted so often. */
  void await(String name, int times) {
    Awaitility.await()
        .atMost(ClientCases.PATIENCE)
        .until(() -> names().stream().filter(name::equals).count() >= times);
  }
}
