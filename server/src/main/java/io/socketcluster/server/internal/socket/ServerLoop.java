// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.middleware.MiddlewareHost;
import io.socketcluster.server.internal.transport.LoopFlusher;
import io.socketcluster.server.internal.transport.WireFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of one event loop have in common: their channels, the deliveries on their way to
 * them, one flush for a turn and one sweep for all their clocks. Event loop only, but for {@link
 * #post}.
 */
public final class ServerLoop {
  private static final int DELIVERIES_PER_TURN = 128;

  private final EventLoop eventLoop;
  private final AGBrokerEngine broker;
  private final MiddlewareHost middlewares;
  private final LoopFlusher flusher;
  private final Executor tasks;
  private final HandlerStarts handlers;
  private final SocketSweep sweep;
  private final Map<ChannelKey, LoopChannel> channels = new HashMap<>();

  /** In the order in which the broker delivered; the flag says that somebody will drain it. */
  private final Queue<LoopChannel.Delivery> mailbox = new ConcurrentLinkedQueue<>();

  /** No delivery but a place in the mailbox: there until the event loop has delivered up to it. */
  private final LoopChannel.Delivery mark =
      new LoopChannel.Delivery(
          new LoopChannel("", new JsonCodec(), new WireFormat(false), this),
          SharedFrame.empty(),
          null);

  private final AtomicBoolean drainScheduled = new AtomicBoolean();

  /** Subscribers share a frame if they share its format. */
  private record ChannelKey(String channel, WireFormat format) {}

  public ServerLoop(EventLoop eventLoop, AGBrokerEngine broker, MiddlewareHost middlewares) {
    this.eventLoop = eventLoop;
    this.broker = broker;
    this.middlewares = middlewares;
    this.flusher = new LoopFlusher(eventLoop);
    this.tasks = task -> LoopTasks.run(eventLoop, task);
    this.handlers = new HandlerStarts(eventLoop);
    this.sweep = new SocketSweep(eventLoop, middlewares.options());
  }

  /** Returns the event loop. */
  public EventLoop eventLoop() {
    return eventLoop;
  }

  /** Returns what flushes the loop's connections. */
  public LoopFlusher flusher() {
    return flusher;
  }

  /** Returns whether publishes have to be asked about. */
  boolean hasOutboundMiddleware() {
    return middlewares.middleware(MiddlewareLine.OUTBOUND) != null;
  }

  /** Returns what runs a task on the event loop, at once if that is where the caller is. */
  public Executor tasks() {
    return tasks;
  }

  /** Returns what runs the handlers of the loop's sockets. */
  public HandlerStarts handlers() {
    return handlers;
  }

  /** Takes a delivery. Any thread; the order of the calls is kept. */
  void post(LoopChannel.Delivery delivery) {
    mailbox.add(delivery);
    if (drainScheduled.compareAndSet(false, true)) {
      try {
        eventLoop.execute(this::drain);
      } catch (RejectedExecutionException e) {
        discardDeliveries(); // the loop has ended, its sockets are closed
      }
    }
  }

  /**
   * Publishes and delivers to this loop's own sockets at once, so that a publisher who subscribed
   * has the message before the answer.
   */
  CompletableFuture<Void> publish(String channel, @Nullable Payload data) {
    boolean spared = drainScheduled.compareAndSet(false, true); // no task for what is ours
    try {
      return broker.invokePublish(channel, data);
    } finally {
      deliverPending();
      if (spared) {
        drainScheduled.set(false);
        drainLaterIfNeeded();
      }
    }
  }

  /** Delivers what has been posted so far. */
  @SuppressWarnings("ReferenceEquality") // there is one mark
  void deliverPending() {
    mailbox.add(mark); // others may post without end
    LoopChannel.Delivery next = mailbox.poll();
    while (next != null && next != mark) {
      next.run();
      next = mailbox.poll();
    }
  }

  /** Delivers what there is, but not for ever: the loop has sockets to read. */
  private void drain() {
    drainScheduled.set(false); // first: what is posted from now on schedules again
    try {
      LoopChannel.Delivery next = mailbox.poll();
      for (int i = 1; next != null; i++) {
        next.run();
        next = i < DELIVERIES_PER_TURN ? mailbox.poll() : null;
      }
    } finally {
      drainLaterIfNeeded();
    }
  }

  /** As a scheduled task, which has its turn after the reads; plain tasks come before them. */
  private void drainLaterIfNeeded() {
    if (!mailbox.isEmpty() && drainScheduled.compareAndSet(false, true)) {
      eventLoop.schedule(this::drain, 0, TimeUnit.NANOSECONDS);
    }
  }

  /** Adds a socket to a channel; {@link LoopChannel#subscribed} tells when it receives. */
  LoopChannel.Membership join(String channelName, DefaultServerSocket socket) {
    WireFormat format = socket.connection().format();
    ChannelKey key = new ChannelKey(channelName, format);
    LoopChannel channel = channels.get(key);
    if (channel == null) {
      channel = new LoopChannel(channelName, socket.endpoint().codecEngine(), format, this);
      channel.subscribedWhen(broker.subscribe(channel, channelName));
      channels.put(key, channel);
    }
    return channel.add(socket);
  }

  /** Removes a socket from a channel. */
  CompletableFuture<Void> leave(LoopChannel.Membership membership) {
    LoopChannel channel = membership.channel();
    channel.remove(membership);
    if (!channel.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    channels.remove(new ChannelKey(channel.name(), channel.format()), channel);
    return broker.unsubscribe(channel, channel.name());
  }

  /** Returns what looks after the clocks of the loop's sockets. */
  SocketSweep sweep() {
    return sweep;
  }

  /** Ends the streams of the closed sockets; the event loop has ended. */
  public void endStreams() {
    sweep.endStreams();
  }

  /** Releases what was never delivered; the loop is about to end. */
  public void discardDeliveries() {
    LoopChannel.Delivery next = mailbox.poll();
    while (next != null) {
      next.discard();
      next = mailbox.poll();
    }
  }
}
