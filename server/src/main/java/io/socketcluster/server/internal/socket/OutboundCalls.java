// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.PendingCalls;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the application sends to one client. Any thread may send; the order of what one thread sends
 * is kept. The rest is for the event loop.
 */
final class OutboundCalls {
  /** What a call keeps until it is answered: its future, and a timer. */
  private static final int CALL = 512;

  private final DefaultServerSocket socket;
  private @Nullable PendingCalls pending; // event loop only; made by the first invoke

  OutboundCalls(DefaultServerSocket socket) {
    this.socket = socket;
  }

  /** Sends an event. Any thread. */
  void transmit(String event, @Nullable Payload data) {
    if (socket.state() != SocketState.OPEN) {
      socket.parts().events().error(notConnected("transmit", event));
      return;
    }
    LoopTasks.run(
        socket.loop().eventLoop(),
        () -> {
          if (socket.state() == SocketState.OPEN) {
            socket.parts().writer().transmit(event, data);
          } else {
            socket.parts().events().error(notConnected("transmit", event));
          }
        });
  }

  /** Calls the client; the future is completed on the event loop or, if not open, now. */
  CompletableFuture<@Nullable Payload> invoke(
      String event, @Nullable Payload data, Duration ackTimeout) {
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    if (socket.state() != SocketState.OPEN) {
      refuse(event, answer);
      return answer;
    }
    LoopTasks.run(
        socket.loop().eventLoop(),
        () -> {
          if (socket.state() != SocketState.OPEN) {
            refuse(event, answer);
            return;
          }
          if (!socket.parts().account().hasRoomFor(CALL)) {
            answer.completeExceptionally(
                new ResourceLimitError("Too many calls wait for an answer of this client"));
            return;
          }
          long cid = calls().register(event, ackTimeout, answer);
          socket.parts().account().grew(CALL + event.length());
          socket.parts().writer().call(EventPacket.invoke(event, data, cid));
          socket.parts().inbound().order().answerAwaited();
        });
    return answer;
  }

  /** Sends a message as it is. Any thread. */
  void sendRaw(byte[] message, boolean binary) {
    LoopTasks.run(
        socket.loop().eventLoop(),
        () -> {
          if (socket.state() == SocketState.CLOSED) {
            socket.parts().events().error(aborted("send"));
          } else {
            socket.parts().writer().sendRaw(message, binary);
          }
        });
  }

  /** Sends the answer to a call of the client. Any thread. */
  void respond(ResponsePacket response) {
    LoopTasks.run(
        socket.loop().eventLoop(),
        () -> {
          socket.parts().unanswered().answered(response.rid());
          if (socket.state() != SocketState.CLOSED) {
            socket.parts().writer().answer(response);
          } else {
            socket.parts().events().error(aborted("response to call " + response.rid()));
          }
        });
  }

  /** The client answered a call. */
  void complete(ResponsePacket response) {
    PendingCalls calls = pending;
    if (calls != null) {
      calls.complete(response);
    }
  }

  /** Returns about how many bytes the calls keep in memory that the client has not answered. */
  long heldBytes() {
    PendingCalls calls = pending;
    return calls == null ? 0 : (long) calls.size() * CALL;
  }

  /** Returns whether the application waits for an answer of the client. */
  boolean isAwaitingAnswer() {
    PendingCalls calls = pending;
    return calls != null && calls.size() > 0;
  }

  /** The connection is lost and with it every answer. */
  void abort(String failureType, int code, @Nullable String reason) {
    PendingCalls calls = pending;
    if (calls != null) {
      calls.abort(failureType, code, reason);
    }
  }

  private PendingCalls calls() {
    PendingCalls calls = pending;
    if (calls == null) {
      calls = new PendingCalls(LoopTasks.timer(socket.loop().eventLoop()));
      pending = calls;
    }
    return calls;
  }

  private void refuse(String event, CompletableFuture<@Nullable Payload> answer) {
    BadConnectionError error = notConnected("invoke", event);
    socket.parts().events().error(error);
    answer.completeExceptionally(error);
  }

  private static BadConnectionError notConnected(String what, String event) {
    return aborted(what + " " + event + " event");
  }

  private static BadConnectionError aborted(String what) {
    return new BadConnectionError(
        "Socket " + what + " was aborted due to a bad connection", "connectAbort");
  }
}
