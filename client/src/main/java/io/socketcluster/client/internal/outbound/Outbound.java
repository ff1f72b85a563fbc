// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.outbound;

import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.ConnectionCycle;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.client.internal.connection.OutboundEvent;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.protocol.errors.ResourceLimitError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Accepts what the application sends. Thread-safe. */
public final class Outbound {
  private final SocketLoop loop;
  private final ConnectionCycle cycle;
  private final CurrentConnection current;
  private final OutboundQueue queue;
  private final OutboundBytes bytes;

  /** Creates the entrance to a queue. */
  public Outbound(
      SocketLoop loop,
      ConnectionCycle cycle,
      CurrentConnection current,
      OutboundQueue queue,
      OutboundBytes bytes) {
    this.loop = loop;
    this.cycle = cycle;
    this.current = current;
    this.queue = queue;
    this.bytes = bytes;
  }

  /** Returns when an event that is sent now is given up, by the time of the socket. Any thread. */
  public long deadline(Duration ackTimeout) {
    return loop.time().nanoTime() + ackTimeout.toNanos();
  }

  /**
   * Sends an event, and connects before if need be.
   *
   * @throws ResourceLimitError when too much waits already
   */
  public void accept(OutboundEvent event) {
    bytes.reserve("Event " + event.event(), event.size());
    loop.run(
        () -> {
          cycle.connectIfNeeded();
          queue.add(event);
        });
  }

  /** Sends an event; its answer is the error when too much waits already. */
  public void accept(OutboundEvent event, CompletableFuture<?> answer) {
    try {
      accept(event);
    } catch (ResourceLimitError e) {
      answer.completeExceptionally(e);
    }
  }

  /**
   * Sends a message that is no packet, if there is a connection.
   *
   * @throws ResourceLimitError when too much waits already
   */
  public void acceptRaw(byte[] message, boolean binary) {
    bytes.reserve("A message", message.length);
    loop.run(
        () -> {
          Connection connection = current.connection();
          if (connection == null) {
            bytes.release(message.length);
          } else {
            connection.sendRaw(message, binary, () -> bytes.release(message.length));
          }
        });
  }
}
