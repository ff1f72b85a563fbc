// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.internal.events.SocketLines;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.middleware.PendingAction;
import io.socketcluster.server.internal.wire.SlowConsumer;
import io.socketcluster.server.internal.wire.Wire;
import io.socketcluster.stream.StreamHandler;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the middleware of one socket about each publish on its way to it. Publishes wait for their
 * turn, and so do the messages that the application sends after them, in bytes up to the outbound
 * buffer limit; then the slow consumer policy decides. Event loop only, but for the two counters.
 */
final class OutboundMiddleware implements SlowConsumer.Backlog {
  private final SocketLines lines;
  private final Wire connection;
  private final SocketWriter writer;
  private final ActionLine line;
  private final int byteLimit;
  private final SlowConsumerPolicy policy;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>(2);
  private boolean asking; // about the first of the queue
  private boolean isAsked; // about the publish that is taken next
  private boolean proceeding;
  private boolean ended;
  private volatile int count;
  private volatile long bytes;

  /** A publish that waits, with a reference to its frame, or a message that waits behind one. */
  private sealed interface Waiting {
    int size();
  }

  private record Publish(Recipient recipient, @Nullable Payload data, SharedFrame frame)
      implements Waiting {
    @Override
    public int size() {
      return frame.message().length;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Message(byte[] encoded) implements Waiting {
    @Override
    public int size() {
      return encoded.length;
    }
  }

  OutboundMiddleware(SocketLines lines, Wire connection, SocketWriter writer) {
    this.lines = lines;
    this.connection = connection;
    this.writer = writer;
    this.line = lines.open(MiddlewareLine.OUTBOUND);
    this.byteLimit = lines.options().outboundBufferLimit();
    this.policy = lines.options().slowConsumerPolicy();
  }

  /** Returns how many frames wait. Any thread. */
  int count() {
    return count;
  }

  /** Returns how many bytes wait. Any thread. */
  long bytes() {
    return bytes;
  }

  /**
   * Returns about how many bytes are kept in memory here; a publish that others are sent, too,
   * counts in part.
   */
  long heldBytes() {
    int shares = queue.peek() instanceof Publish first ? first.frame.frame().refCnt() : 1;
    return bytes / Math.max(1, shares);
  }

  /**
   * Asks a handler on the event loop about a publish that nothing waits before. Returns whether the
   * publish may be sent as it is; otherwise {@link #take} has to follow.
   */
  boolean allows(Recipient recipient, @Nullable Payload data, int size) {
    StreamHandler<AGAction> handler = mayAsk(size) ? line.nonBlockingHandler() : null;
    if (handler == null || recipient.hasLeft()) {
      return false;
    }
    isAsked = !line.allows(handler, actionOf(recipient, data));
    return !isAsked;
  }

  private boolean mayAsk(int size) {
    return queue.isEmpty() && !ended && !wouldExceed(size);
  }

  /** Takes a publish that was not allowed, and one reference to its frame. */
  void take(Recipient recipient, @Nullable Payload data, SharedFrame frame) {
    if (!isAsked) {
      publish(recipient, data, frame);
      return;
    }
    isAsked = false;
    Publish publish = new Publish(recipient, data, frame);
    asking = true;
    queue.add(publish);
    changed(publish.size());
    lines.settle(line, new Decided(publish));
  }

  /** Takes a publish, and one reference to its frame. */
  void publish(Recipient recipient, @Nullable Payload data, SharedFrame frame) {
    Publish publish = new Publish(recipient, data, frame);
    if (!enqueue(publish)) {
      frame.release();
    }
  }

  /** Takes a message that comes after what waits. */
  void send(byte[] encoded) {
    enqueue(new Message(encoded));
  }

  /** Sends the messages that wait, past the publishes. */
  void passMessages() {
    Iterator<Waiting> waiting = queue.iterator();
    while (waiting.hasNext()) {
      if (waiting.next() instanceof Message message) {
        waiting.remove();
        changed(-message.size());
        writer.sendNow(message.encoded);
      }
    }
  }

  private boolean enqueue(Waiting next) {
    if (ended || (wouldExceed(next.size()) && !makeRoom(next))) {
      return false;
    }
    queue.add(next);
    changed(next.size());
    proceed();
    return true;
  }

  private boolean makeRoom(Waiting next) {
    boolean isDroppable = isDroppable(next);
    SlowConsumerPolicy applied =
        next instanceof Publish publish && isDroppable
            ? publish.frame.rule().policyOr(policy)
            : policy;
    return SlowConsumer.makeRoom(applied, this, next.size(), isDroppable, connection);
  }

  private boolean isDroppable(Waiting each) {
    return each instanceof Publish publish
        && publish.frame.rule().policyOr(policy) != SlowConsumerPolicy.DISCONNECT;
  }

  @Override
  public boolean wouldExceed(int more) {
    return bytes + more > byteLimit;
  }

  /** Keeps the publish that is being decided about. */
  @Override
  public void dropOldest(int more) {
    Iterator<Waiting> oldest = queue.iterator();
    if (asking) {
      oldest.next();
    }
    while (wouldExceed(more) && oldest.hasNext()) {
      if (oldest.next() instanceof Publish candidate && isDroppable(candidate)) {
        oldest.remove();
        changed(-candidate.size());
        connection.dropped(candidate.size());
        candidate.frame.release();
      }
    }
  }

  /** Sends until a decision has to be waited for; not recursive, however soon that comes. */
  private void proceed() {
    if (proceeding) {
      return;
    }
    proceeding = true;
    try {
      while (!asking && !queue.isEmpty()) {
        switch (queue.element()) {
          case Message message -> {
            removeFirst();
            writer.sendNow(message.encoded);
          }
          case Publish publish -> askUnlessLeft(publish);
        }
      }
    } finally {
      proceeding = false;
    }
  }

  private void askUnlessLeft(Publish publish) {
    if (publish.recipient.hasLeft()) {
      removeFirst();
      publish.frame.release();
      return;
    }
    asking = true;
    lines.ask(line, actionOf(publish.recipient, publish.data), new Decided(publish));
  }

  private PendingAction actionOf(Recipient recipient, @Nullable Payload data) {
    return lines.action(AGAction.Type.PUBLISH_OUT).about(recipient.channelName(), data);
  }

  private void removeFirst() {
    changed(-queue.remove().size());
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the event loop
  private void changed(int delta) {
    bytes += delta;
    count = queue.size();
    writer.holdBack(!queue.isEmpty());
  }

  /** Blocks what has waited too long; returns in how many nanoseconds something will have. */
  long sweep(long now) {
    return line.sweep(now);
  }

  /** The middleware was removed. */
  void removed() {
    line.close();
  }

  /** The socket is closed: publishes are dropped, what the application sent is sent. */
  void kill() {
    ended = true;
    line.kill();
    for (Waiting each : queue) {
      switch (each) {
        case Message message -> writer.sendNow(message.encoded);
        case Publish publish -> publish.frame.release();
      }
    }
    queue.clear();
    changed((int) -bytes);
  }

  /** Sends the first of the queue as it was decided, then goes on. */
  private final class Decided implements ActionLine.Answer {
    private final Publish publish;

    Decided(Publish publish) {
      this.publish = publish;
    }

    @Override
    public void allowed(@Nullable Payload data) {
      end();
      try {
        if (!publish.recipient.hasLeft()) {
          send(data);
        }
      } finally {
        publish.frame.release();
      }
      proceed();
    }

    @Override
    public void blocked(Throwable error) {
      end();
      publish.frame.release();
      proceed();
    }

    private void end() {
      asking = false;
      removeFirst();
    }

    @SuppressWarnings("ReferenceEquality") // the very payload that is in the frame already
    private void send(@Nullable Payload data) {
      if (data == publish.data) {
        writer.sendPublish(publish.frame);
      } else {
        writer.sendPublish(
            publish.recipient.channelName(), publish.frame.enveloped(data), publish.frame.rule());
      }
    }
  }
}
