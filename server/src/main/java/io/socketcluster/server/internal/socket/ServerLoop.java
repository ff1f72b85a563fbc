// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.memory.LoopMemory;
import io.socketcluster.server.internal.middleware.MiddlewareHost;
import io.socketcluster.server.internal.transport.LoopFlusher;
import io.socketcluster.server.internal.transport.WireFormat;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of one event loop have in common: their channels, the deliveries on their way to
 * them, one flush for a turn and one sweep for all their clocks. Event loop only, but for {@link
 * LoopMailbox#post}.
 */
public final class ServerLoop {
  private final EventLoop eventLoop;
  private final AGBrokerEngine broker;
  private final MiddlewareHost middlewares;
  private final LoopTurns turns;
  private final LoopMailbox mailbox;
  private final LoopFlusher flusher;
  private final Executor tasks;
  private final HandlerStarts handlers;
  private final SocketSweep sweep;
  private final LoopMemory memory;
  private final Map<ChannelKey, LoopChannel> channels = new HashMap<>();

  public ServerLoop(
      EventLoop eventLoop, AGBrokerEngine broker, MiddlewareHost middlewares, LoopMemory memory) {
    this.eventLoop = eventLoop;
    this.broker = broker;
    this.middlewares = middlewares;
    this.memory = memory;
    this.turns =
        new LoopTurns(
            (task, nanos) -> eventLoop.schedule(task, nanos, TimeUnit.NANOSECONDS),
            System::nanoTime);
    this.mailbox = new LoopMailbox(eventLoop, turns);
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

  /** Returns what counts the memory that the loop's connections keep. */
  public LoopMemory memory() {
    return memory;
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

  /** Returns what lends the loop's time to long work of its sockets. */
  LoopTurns turns() {
    return turns;
  }

  /** Returns what is on its way to the loop's sockets. */
  LoopMailbox mailbox() {
    return mailbox;
  }

  /** Publishes for one of this loop's sockets. */
  CompletableFuture<Void> publish(String channel, @Nullable Payload data) {
    CompletableFuture<Void> published = asked(() -> broker.invokePublish(channel, data));
    mailbox.ownPublish();
    return published;
  }

  /** An engine of the application's own may throw where its future should fail. */
  private static CompletableFuture<Void> asked(Supplier<CompletableFuture<Void>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Adds a socket to a channel; {@link LoopChannel#subscribed} tells when it receives. */
  LoopChannel.Membership join(String channelName, DefaultServerSocket socket) {
    mailbox.deliverPending(); // a new member is not sent what was published before
    WireFormat format = socket.connection().format();
    ChannelKey key = new ChannelKey(channelName, format);
    LoopChannel channel = channels.get(key);
    if (channel == null) {
      channel = new LoopChannel(channelName, socket.endpoint().codecEngine(), format, this);
      LoopChannel joined = channel;
      channel.subscribedWhen(asked(() -> broker.subscribe(joined, channelName)));
      channels.put(key, channel);
    }
    return channel.add(socket);
  }

  /** Removes a socket from a channel. */
  CompletableFuture<Void> leave(LoopChannel.Membership membership) {
    mailbox.deliverPending(); // it is still sent what was published before
    LoopChannel channel = membership.channel();
    channel.remove(membership);
    if (!channel.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    channels.remove(new ChannelKey(channel.name(), channel.format()), channel);
    return asked(() -> broker.unsubscribe(channel, channel.name()));
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
    mailbox.discard();
  }
}
