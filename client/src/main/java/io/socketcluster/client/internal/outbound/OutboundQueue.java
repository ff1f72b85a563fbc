// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.outbound;

import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.ConnectionEnd;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.client.internal.connection.OutboundEvent;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait until the socket is open, in their order, each until its timeout. Event loop
 * only.
 */
public final class OutboundQueue {
  private final SocketLoop loop;
  private final CurrentConnection current;
  private final ClientEvents events;
  private final OutboundBytes bytes;
  private final Set<OutboundEvent> waiting = new LinkedHashSet<>();

  /** Creates an empty queue. */
  public OutboundQueue(
      SocketLoop loop, CurrentConnection current, ClientEvents events, OutboundBytes bytes) {
    this.loop = loop;
    this.current = current;
    this.events = events;
    this.bytes = bytes;
  }

  /** Sends an event now if the socket is open and nothing waits, else later. */
  void add(OutboundEvent event) {
    if (current.open() != null && waiting.isEmpty()) {
      send(event);
    } else {
      waiting.add(event);
      event.expireWith(loop.schedule(event.remaining(loop.time()), () -> expire(event)));
    }
  }

  /** The socket is open. */
  public void flush() {
    takeAll().forEach(this::send);
  }

  private List<OutboundEvent> takeAll() {
    List<OutboundEvent> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(OutboundEvent::waitsNoMore);
    return all;
  }

  private void send(OutboundEvent event) {
    Connection connection = current.connection();
    if (connection == null) { // lost while what waited was sent
      abort(event, new BadConnectionError(aborted(event), "disconnect"));
      return;
    }
    event.sending();
    try {
      connection.send(event, () -> bytes.release(event.size()));
    } catch (RuntimeException e) { // of the codec
      failed(event, new InvalidArgumentsError("Event " + event.event() + " cannot be written", e));
    }
  }

  /** Nobody waits for the answer of a transmit, who would see the failure. */
  private void failed(OutboundEvent event, RuntimeException error) {
    if (event.answer() == null) {
      bytes.release(event.size());
      events.failed("The codec failed to write the event \"" + event.event() + "\"", error);
    } else {
      abort(event, error);
    }
  }

  private void expire(OutboundEvent event) {
    if (waiting.remove(event)) {
      abort(event, new TimeoutError("Event response for " + event.event() + " event timed out"));
    }
  }

  /** Takes back events that wait; the answer of each is nothing. */
  public void withdraw(Predicate<OutboundEvent> which) {
    for (OutboundEvent event : waiting.stream().filter(which).toList()) {
      waiting.remove(event);
      event.waitsNoMore();
      bytes.release(event.size());
      CompletableFuture<@Nullable Payload> answer = event.answer();
      if (answer != null) {
        answer.complete(null);
      }
    }
  }

  /** The connection has failed, and with it the events that waited for it. */
  public void abort(ConnectionEnd end) {
    List<OutboundEvent> lost = takeAll();
    Throwable cause = lost.isEmpty() ? null : end.error();
    for (OutboundEvent event : lost) {
      abort(
          event,
          new BadConnectionError(
              aborted(event), end.failureType(), end.code(), end.reason(), cause));
    }
  }

  private void abort(OutboundEvent event, RuntimeException error) {
    bytes.release(event.size());
    CompletableFuture<@Nullable Payload> answer = event.answer();
    if (answer == null) {
      events.error(error);
    } else {
      answer.completeExceptionally(error);
    }
  }

  private static String aborted(OutboundEvent event) {
    return "Event " + event.event() + " was aborted due to a bad connection";
  }
}
