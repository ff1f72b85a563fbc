// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.heartbeat.Heartbeat;
import io.socketcluster.server.internal.wire.CompressedMessage;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The way of a message from the wire into the order of its socket: inflated, shown to the
 * middleware, emitted. Event loop only, except {@link #bytesReceived}.
 */
public final class Arrivals implements CompressedMessages.Sink {
  private static final AtomicLongFieldUpdater<Arrivals> BYTES_RECEIVED =
      AtomicLongFieldUpdater.newUpdater(Arrivals.class, "bytesReceived");

  private final Heartbeat heartbeat;
  private final InboundMiddleware middleware;
  private final InboundOrder order;
  private final InboundPace pace;
  private final SocketEvents events;
  private @Nullable CompressedMessages compressed; // made by the first
  private volatile long bytesReceived; // written on the event loop

  public Arrivals(
      Heartbeat heartbeat,
      InboundMiddleware middleware,
      InboundOrder order,
      InboundPace pace,
      SocketEvents events) {
    this.heartbeat = heartbeat;
    this.middleware = middleware;
    this.order = order;
    this.pace = pace;
    this.events = events;
  }

  /** Returns how many bytes the messages had that came. Any thread. */
  public long bytesReceived() {
    return bytesReceived;
  }

  /** Takes a message, behind the compressed ones that wait. */
  public void accept(byte[] message, boolean binary) {
    CompressedMessages before = compressed;
    if (before == null || before.isIdle()) {
      arrived(message, binary);
    } else {
      before.accept(message, binary);
    }
  }

  /** Takes a message that has to be inflated. */
  public void accept(CompressedMessage message) {
    CompressedMessages before = compressed;
    if (before == null) {
      before = new CompressedMessages(order.turns(), order, this);
      compressed = before;
    }
    before.accept(message);
  }

  @Override
  public void inflated(int bytes) {
    pace.inflated(bytes);
  }

  /** The order has room for more. */
  public void proceed() {
    CompressedMessages waiting = compressed;
    if (waiting != null) {
      waiting.proceed();
    }
  }

  @Override
  public void arrived(byte[] message, boolean binary) {
    boolean isOfTheDetection = heartbeat.version().arrived(message);
    BYTES_RECEIVED.lazySet(this, bytesReceived + message.length);
    if (isOfTheDetection) { // no server without the detection would have asked for it
      order.accept(message);
    } else if (middleware.asksRaw()) {
      middleware.askRaw(message, binary, this::pass);
    } else {
      pass(message);
    }
  }

  /** A message is as the middleware, if there is one for messages, has left it. */
  private void pass(byte[] message) {
    if (!order.isStopped()) {
      events.message(message);
      order.accept(message);
    }
  }

  /** Runs a task once all that has arrived so far has been dispatched. */
  public void mark(Runnable reached) {
    CompressedMessages waiting = compressed;
    if (waiting == null) {
      middleware.mark(reached);
    } else {
      waiting.mark(() -> middleware.mark(reached));
    }
  }

  /** Returns whether nothing that has arrived waits. */
  public boolean isIdle() {
    CompressedMessages waiting = compressed;
    return order.isIdle() && middleware.isRawIdle() && (waiting == null || waiting.isIdle());
  }
}
