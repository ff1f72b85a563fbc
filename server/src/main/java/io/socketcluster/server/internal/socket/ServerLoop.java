// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.middleware.MiddlewareHost;
import io.socketcluster.server.internal.transport.LoopFlusher;
import io.socketcluster.server.internal.transport.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sockets of one event loop have in common: their channels, the deliveries on their way to
 * them, one flush for a turn and one sweep for all their clocks. Event loop only, but for {@link
 * LoopMailbox#post}.
 */
public final class ServerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLoop.class);
  private static final int SWEEPS_PER_TIMEOUT = 16;
  private static final Duration LONGEST_SWEEP = Duration.ofMillis(500);

  /** A loop that is so late has not read the pongs that came meanwhile. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop eventLoop;
  private final AGBrokerEngine broker;
  private final MiddlewareHost middlewares;
  private final LoopMailbox mailbox;
  private final LoopFlusher flusher;
  private final Executor tasks;
  private final HandlerStarts handlers;
  private final long sweepNanos;
  private final Map<ChannelKey, LoopChannel> channels = new HashMap<>();
  private final List<DefaultServerSocket> sockets = new ArrayList<>();
  private @Nullable Future<?> sweeping;
  private long lastSweep;

  /** Subscribers share a frame if they share its format. */
  private record ChannelKey(String channel, WireFormat format) {}

  public ServerLoop(EventLoop eventLoop, AGBrokerEngine broker, MiddlewareHost middlewares) {
    this.eventLoop = eventLoop;
    this.broker = broker;
    this.middlewares = middlewares;
    this.mailbox = new LoopMailbox(eventLoop);
    this.flusher = new LoopFlusher(eventLoop);
    this.tasks = task -> LoopTasks.run(eventLoop, task);
    this.handlers = new HandlerStarts(eventLoop);
    this.sweepNanos = sweepInterval(middlewares.options()).toNanos();
  }

  private static Duration sweepInterval(AGServerOptions options) {
    Duration shortest = options.pingInterval();
    if (options.handshakeTimeout().compareTo(shortest) < 0) {
      shortest = options.handshakeTimeout();
    }
    Duration middleware = options.middlewareTimeout();
    if (!middleware.isZero() && middleware.compareTo(shortest) < 0) {
      shortest = middleware;
    }
    Duration sweep = shortest.dividedBy(SWEEPS_PER_TIMEOUT).plusMillis(1);
    return sweep.compareTo(LONGEST_SWEEP) < 0 ? sweep : LONGEST_SWEEP;
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

  /** Returns what is on its way to the loop's sockets. */
  LoopMailbox mailbox() {
    return mailbox;
  }

  /** Publishes for one of this loop's sockets. */
  CompletableFuture<Void> publish(String channel, @Nullable Payload data) {
    CompletableFuture<Void> published = broker.invokePublish(channel, data);
    mailbox.ownPublish();
    return published;
  }

  /** Adds a socket to a channel; {@link LoopChannel#subscribed} tells when it receives. */
  LoopChannel.Membership join(String channelName, DefaultServerSocket socket) {
    mailbox.deliverPending(); // that was published before
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
    mailbox.deliverPending(); // that was published while it was a member
    LoopChannel channel = membership.channel();
    channel.remove(membership);
    if (!channel.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    channels.remove(new ChannelKey(channel.name(), channel.format()), channel);
    return broker.unsubscribe(channel, channel.name());
  }

  /** Adds a socket to the sweep. */
  void add(DefaultServerSocket socket) {
    socket.sweepIndex(sockets.size());
    sockets.add(socket);
    if (sweeping == null) {
      lastSweep = System.nanoTime();
      sweeping =
          eventLoop.scheduleWithFixedDelay(
              this::sweep, sweepNanos, sweepNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Removes a socket from the sweep by moving the last one to its place. */
  void remove(DefaultServerSocket socket) {
    DefaultServerSocket last = sockets.removeLast();
    if (last != socket) {
      sockets.set(socket.sweepIndex(), last);
      last.sweepIndex(socket.sweepIndex());
    }
    if (sockets.isEmpty() && sweeping != null) {
      sweeping.cancel(false);
      sweeping = null;
    }
  }

  /** From the end: a socket that is removed is replaced by one that had its turn. */
  private void sweep() {
    long now = System.nanoTime();
    if (now - lastSweep > sweepNanos + LATE_NANOS) {
      sockets.forEach(socket -> socket.parts().inbound().missedByLoop());
    }
    lastSweep = now;
    for (int i = sockets.size() - 1; i >= 0; i--) {
      if (i < sockets.size()) {
        sweep(sockets.get(i), now);
      }
    }
  }

  /** A failure of one socket must not end the sweep of all. */
  private static void sweep(DefaultServerSocket socket, long now) {
    try {
      socket.parts().sweep(now);
    } catch (RuntimeException e) {
      LOG.debug("Socket {} failed in the sweep", socket.id(), e);
      socket.terminate();
    }
  }

  /** Ends the streams of the closed sockets; the event loop has ended. */
  public void endStreams() {
    sockets.forEach(socket -> socket.parts().lifecycle().endStreams());
  }

  /** Releases what was never delivered; the loop is about to end. */
  public void discardDeliveries() {
    mailbox.discard();
  }
}
