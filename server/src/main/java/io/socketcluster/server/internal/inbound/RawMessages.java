// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.events.SocketLines;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.middleware.MessageAction;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the middleware about a socket's messages as they arrive, about one after the other, whatever
 * the packets before them wait for. A message that is blocked is as good as never sent. What waits
 * here counts against the bound of the order. Event loop only.
 */
final class RawMessages {
  private final SocketLines lines;
  private final ActionLine line;
  private final InboundOrder order;
  private final Consumer<byte[]> allowed;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>(2);
  private boolean asking; // about the first of the queue
  private boolean proceeding;

  private sealed interface Waiting {}

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Message(byte[] bytes, boolean binary) implements Waiting {}

  private record Mark(Runnable reached) implements Waiting {}

  /**
   * @param allowed takes a message as the middleware left it; the order of the calls is that of the
   *     messages
   */
  RawMessages(SocketLines lines, InboundOrder order, Consumer<byte[]> allowed) {
    this.lines = lines;
    this.line = lines.open(MiddlewareLine.INBOUND_RAW);
    this.order = order;
    this.allowed = allowed;
  }

  void accept(byte[] message, boolean binary) {
    order.waits(message.length);
    queue.add(new Message(message, binary));
    proceed();
  }

  /** Runs a task once all that has been accepted so far has been decided. */
  void mark(Runnable reached) {
    queue.add(new Mark(reached));
    proceed();
  }

  /** Returns whether no message waits for a decision. */
  boolean isIdle() {
    return queue.isEmpty();
  }

  /** Returns what is asked, for its clock and its end. */
  ActionLine line() {
    return line;
  }

  /** Drops all that waits. */
  void kill() {
    line.kill();
    queue.clear();
  }

  /** Asks until a decision has to be waited for; not recursive, however soon that comes. */
  private void proceed() {
    if (proceeding) {
      return;
    }
    proceeding = true;
    try {
      while (!asking && !queue.isEmpty()) {
        switch (queue.element()) {
          case Message message -> ask(message);
          case Mark mark -> {
            queue.remove();
            mark.reached.run();
          }
        }
      }
    } finally {
      proceeding = false;
    }
  }

  private void ask(Message message) {
    asking = true;
    MessageAction action = lines.message(message.bytes, message.binary);
    lines.ask(line, action, new Decided(message, action));
  }

  /** Passes the first of the queue on as it was decided, then the next is asked about. */
  private final class Decided implements ActionLine.Answer {
    private final Message message;
    private final MessageAction action;

    Decided(Message message, MessageAction action) {
      this.message = message;
      this.action = action;
    }

    @Override
    public void allowed(@Nullable Payload data) {
      end();
      try {
        allowed.accept(action.message());
      } finally {
        proceed();
      }
    }

    @Override
    public void blocked(Throwable error) {
      end();
      order.readOn();
      proceed();
    }

    private void end() {
      asking = false;
      queue.remove();
      order.waitsNoMore(message.bytes.length);
    }
  }
}
