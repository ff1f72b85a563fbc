// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.netty.channel.EventLoop;
import io.socketcluster.core.SocketState;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.core.connection.PendingCalls;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.inbound.InboundOrder;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.loop.SocketLife;
import io.socketcluster.server.internal.memory.MemoryAccount;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the application sends to one client. Any thread may send; the order of what one thread sends
 * is kept. The rest is for the event loop.
 */
public final class Outbound {
  /** What a call keeps until it is answered: its future, and a timer. */
  private static final int CALL = 512;

  private final SocketLife life;
  private final SocketWriter writer;
  private final SocketEvents events;
  private final MemoryAccount account;
  private final InboundOrder order;
  private @Nullable PendingCalls pending; // event loop only; made by the first invoke

  public Outbound(
      SocketLife life,
      SocketWriter writer,
      SocketEvents events,
      MemoryAccount account,
      InboundOrder order) {
    this.life = life;
    this.writer = writer;
    this.events = events;
    this.account = account;
    this.order = order;
  }

  /** Returns the event loop of the socket. Any thread. */
  public EventLoop eventLoop() {
    return writer.eventLoop();
  }

  /** Sends an event. Any thread. */
  public void transmit(String event, @Nullable Payload data) {
    if (life.state() != SocketState.OPEN) {
      events.error(notConnected("transmit", event));
      return;
    }
    LoopTasks.run(
        eventLoop(),
        () -> {
          if (life.state() == SocketState.OPEN) {
            writer.transmit(event, data);
          } else {
            events.error(notConnected("transmit", event));
          }
        });
  }

  /** Calls the client; the future is completed on the event loop or, if not open, now. */
  public CompletableFuture<@Nullable Payload> invoke(
      String event, @Nullable Payload data, Duration ackTimeout) {
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    if (life.state() != SocketState.OPEN) {
      refuse(event, answer);
      return answer;
    }
    LoopTasks.run(
        eventLoop(),
        () -> {
          if (life.state() != SocketState.OPEN) {
            refuse(event, answer);
            return;
          }
          if (!account.hasRoomFor(CALL)) {
            answer.completeExceptionally(
                new ResourceLimitError("Too many calls wait for an answer of this client"));
            return;
          }
          long cid = calls().register(event, ackTimeout, answer);
          account.grew(CALL + event.length());
          if (writer.call(EventPacket.invoke(event, data, cid))) {
            order.answerAwaited();
          } else {
            calls().cancel(cid);
            answer.completeExceptionally(
                new InvalidArgumentsError("Event " + event + " cannot be written"));
          }
        });
    return answer;
  }

  /** Sends a message as it is. Any thread. */
  public void sendRaw(byte[] message, boolean binary) {
    LoopTasks.run(
        eventLoop(),
        () -> {
          if (life.isClosed()) {
            events.error(aborted("send"));
          } else {
            writer.sendRaw(message, binary);
          }
        });
  }

  /** The client answered a call. */
  public void complete(ResponsePacket response) {
    PendingCalls calls = pending;
    if (calls != null) {
      calls.complete(response);
    }
  }

  /** Returns about how many bytes the calls keep in memory that the client has not answered. */
  public long heldBytes() {
    PendingCalls calls = pending;
    return calls == null ? 0 : (long) calls.size() * CALL;
  }

  /** Returns whether the application waits for an answer of the client. */
  public boolean isAwaitingAnswer() {
    PendingCalls calls = pending;
    return calls != null && calls.size() > 0;
  }

  /** The connection is lost and with it every answer. */
  public void abort(String failureType, int code, @Nullable String reason) {
    PendingCalls calls = pending;
    if (calls != null) {
      calls.abort(failureType, code, reason, null);
    }
  }

  private PendingCalls calls() {
    PendingCalls calls = pending;
    if (calls == null) {
      calls = new PendingCalls(ConnectionTimer.of(life.time(), eventLoop()));
      pending = calls;
    }
    return calls;
  }

  private void refuse(String event, CompletableFuture<@Nullable Payload> answer) {
    BadConnectionError error = notConnected("invoke", event);
    events.error(error);
    answer.completeExceptionally(error);
  }

  private static BadConnectionError notConnected(String what, String event) {
    return aborted(what + " " + event + " event");
  }

  static BadConnectionError aborted(String what) {
    return new BadConnectionError(
        "Socket " + what + " was aborted due to a bad connection", "connectAbort");
  }
}
