// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import io.netty.channel.EventLoop;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.channels.LoopChannels;
import io.socketcluster.server.internal.channels.LoopMailbox;
import io.socketcluster.server.internal.history.ServerChannels;
import io.socketcluster.server.internal.loop.HandlerStarts;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.loop.SocketSweep;
import io.socketcluster.server.internal.memory.LoopMemory;
import io.socketcluster.server.internal.middleware.ActionLines;
import io.socketcluster.server.internal.outbound.UnansweredCalls;
import io.socketcluster.server.internal.tokens.TokenEngine;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.LoopFlusher;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What the sockets of one event loop have in common: their channels, the deliveries on their way to
 * them, one flush for a turn and one sweep for all their clocks. Event loop only, but for {@link
 * LoopMailbox#post}.
 */
public final class ServerLoop {
  private final EventLoop eventLoop;
  private final LoopMemory memory;
  private final LoopTurns turns;
  private final LoopMailbox mailbox;
  private final LoopFlusher flusher;
  private final Executor tasks;
  private final HandlerStarts handlers;
  private final SocketSweep sweep;
  private final ActionLines lines;
  private final LoopChannels channels;
  private final TokenEngine tokens;
  private final Supplier<UnansweredCalls> calls;

  public ServerLoop(
      EventLoop eventLoop, ServerChannels serverChannels, SocketHost host, LoopMemory memory) {
    this.eventLoop = eventLoop;
    AGServerOptions options = host.options();
    this.memory = memory;
    this.turns =
        new LoopTurns(
            (task, nanos) -> eventLoop.schedule(task, nanos, TimeUnit.NANOSECONDS),
            System::nanoTime);
    this.mailbox = new LoopMailbox(eventLoop, turns, host.observer());
    this.flusher = new LoopFlusher(eventLoop);
    this.tasks = task -> LoopTasks.run(eventLoop, task);
    this.handlers = new HandlerStarts(eventLoop);
    this.sweep = new SocketSweep(eventLoop, options);
    this.lines = new ActionLines(host, tasks, handlers);
    this.channels = new LoopChannels(eventLoop, serverChannels, mailbox, lines, options);
    this.tokens = new TokenEngine(host.server()::auth, options, host.revokedTokens(), tasks);
    this.calls = () -> new UnansweredCalls(options.ackTimeout(), sweep.time());
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

  /** Returns what runs a task on the event loop, at once if that is where the caller is. */
  public Executor tasks() {
    return tasks;
  }

  /** Returns what runs the handlers of the loop's sockets. */
  public HandlerStarts handlers() {
    return handlers;
  }

  /** Returns what opens the lines of the loop's connections. */
  public ActionLines lines() {
    return lines;
  }

  /** Returns what lends the loop's time to long work of its sockets. */
  public LoopTurns turns() {
    return turns;
  }

  /** Returns what looks after the clocks of the loop's sockets. */
  public SocketSweep sweep() {
    return sweep;
  }

  /** Returns the channels of the loop's sockets. */
  public LoopChannels channels() {
    return channels;
  }

  /** Returns what asks the auth engine. */
  public TokenEngine tokens() {
    return tokens;
  }

  /** Returns what counts the calls of a client. */
  public Supplier<UnansweredCalls> calls() {
    return calls;
  }

  /** The event loop has ended: ends the streams of the closed sockets, and all that waits. */
  public void ended() {
    turns.abandon();
    sweep.endStreams();
  }

  /** Releases what was never delivered; the loop is about to end. */
  public void discardDeliveries() {
    mailbox.discard();
  }
}
