// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.netty.channel.EventLoop;
import io.socketcluster.server.internal.cluster.ServedBroker;
import io.socketcluster.server.internal.loop.HandlerStarts;
import io.socketcluster.server.internal.memory.ServerMemory;
import io.socketcluster.server.internal.session.ServerLoop;
import io.socketcluster.server.internal.session.SocketHost;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The event loops of a server, each with what its sockets share. Thread-safe. */
final class ServerLoops implements Executor {
  private final ServedBroker broker;
  private final SocketHost host;
  private final ServerMemory memory;
  private final Map<EventLoop, ServerLoop> loops = new ConcurrentHashMap<>();

  ServerLoops(ServedBroker broker, SocketHost host, ServerMemory memory) {
    this.broker = broker;
    this.host = host;
    this.memory = memory;
  }

  ServerLoop of(EventLoop loop) {
    return loops.computeIfAbsent(
        loop, each -> new ServerLoop(each, broker.channels(), host, memory.forLoop(each)));
  }

  ServerMemory memory() {
    return memory;
  }

  /** Runs a handler of the server, whose events are mostly emitted on an event loop. */
  @Override
  public void execute(Runnable handler) {
    for (ServerLoop loop : loops.values()) {
      if (loop.eventLoop().inEventLoop()) {
        loop.handlers().execute(handler);
        return;
      }
    }
    HandlerStarts.startNow(handler);
  }

  /**
   * Drops what was never delivered, and ends the streams of closed sockets whose event loop has
   * ended. An event loop of the application goes on, and ends them itself.
   */
  void end() {
    for (ServerLoop loop : loops.values()) {
      loop.discardDeliveries();
      if (loop.eventLoop().isShuttingDown()) {
        loop.ended();
      }
    }
  }
}
