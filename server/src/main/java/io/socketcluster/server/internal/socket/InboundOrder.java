// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.Packet;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a socket's packets in order. While one of them waits for a decision (a middleware, the
 * broker, a token) the later ones wait here, and past a bound of bytes reading stops. Other sockets
 * never wait. Event loop only, but for {@link #backlog}.
 */
final class InboundOrder {
  /** What is done with messages and packets. */
  interface Processor {
    /**
     * Decodes a message; an empty list when there is nothing to dispatch, or nothing until it has
     * called {@link InboundOrder#hold} and {@link InboundOrder#decoded}.
     */
    List<Packet> decode(byte[] message, boolean binary);

    /** Acts on a packet; calls {@link InboundOrder#hold} when that is not done on return. */
    void dispatch(Packet packet);

    /** Stops or starts reading from the client. */
    void setReading(boolean reading);
  }

  /** What keeping a message costs besides its bytes: also the empty ones have a price. */
  private static final int MESSAGE_OVERHEAD = 32;

  /** No message but a place among them. */
  private static final Waiting MARK = new Waiting(new byte[0], false);

  private final Processor processor;
  private final int byteLimit;
  private @Nullable ArrayDeque<Waiting> messages; // made when the first one has to wait
  private @Nullable ArrayDeque<Runnable> interjections; // made when there is one
  private Iterator<Packet> batch = Collections.emptyIterator();
  private int holds;
  private int waitingBytes;
  private boolean paused;
  private boolean stopped;
  private boolean running;
  private Runnable onMark = () -> {};
  private volatile int backlog;

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Waiting(byte[] message, boolean binary) {}

  InboundOrder(Processor processor, int byteLimit) {
    this.processor = processor;
    this.byteLimit = byteLimit;
  }

  /** Takes a message, now or after those that wait. */
  void accept(byte[] message, boolean binary) {
    if (stopped) {
      return;
    }
    if (holds > 0 || running) {
      enqueue(new Waiting(message, binary));
    } else {
      process(message, binary);
    }
  }

  /** Runs a task once all that has been accepted so far has been dispatched; one at most. */
  void mark(Runnable reached) {
    if (isIdle()) {
      reached.run();
    } else {
      onMark = reached;
      enqueue(MARK);
    }
  }

  /** Returns whether nothing waits and nothing is held. */
  boolean isIdle() {
    return holds == 0 && !running && messages == null && !batch.hasNext();
  }

  /** The packet being dispatched is not done; the next one waits until {@link #release}. */
  void hold() {
    holds++;
  }

  /** The packets of the message that is being held, in the place of those that it had not yet. */
  void decoded(List<Packet> packets) {
    if (!stopped) {
      batch = packets.iterator();
    }
  }

  /** Runs a task as soon as nothing waits for a decision: before the packets that wait. */
  void interject(Runnable task) {
    if (stopped) {
      return;
    }
    ArrayDeque<Runnable> queue = interjections;
    if (queue == null) {
      queue = new ArrayDeque<>(2);
      interjections = queue;
    }
    queue.add(task);
    if (holds == 0 && !running) {
      proceed();
    }
  }

  /** What {@link #hold} waited for is done. */
  void release() {
    holds--;
    if (!running) {
      proceed();
    }
  }

  /** Drops all that waits; nothing is dispatched after this. */
  void stop() {
    stopped = true;
    messages = null;
    interjections = null;
    batch = Collections.emptyIterator();
    waitingBytes = 0;
    backlog = 0;
  }

  /** Returns whether the socket is closed and nothing is dispatched any more. */
  boolean isStopped() {
    return stopped;
  }

  boolean isPaused() {
    return paused;
  }

  /** Returns how many messages wait. Any thread. */
  int backlog() {
    return backlog;
  }

  private void process(byte[] message, boolean binary) {
    decode(message, binary);
    proceed();
  }

  /** Dispatches until something has to wait; not recursive, whoever calls {@link #release}. */
  private void proceed() {
    running = true;
    try {
      while (holds == 0 && !stopped) {
        if (interjections != null) {
          interjectNext(interjections);
        } else if (batch.hasNext()) {
          processor.dispatch(nextOfBatch());
        } else if (!decodeNext()) {
          break;
        }
      }
    } finally {
      running = false;
    }
    resumeReading();
  }

  /** An idle socket keeps nothing of its last message. */
  private Packet nextOfBatch() {
    Packet next = batch.next();
    if (!batch.hasNext()) {
      batch = Collections.emptyIterator();
    }
    return next;
  }

  private void interjectNext(ArrayDeque<Runnable> queue) {
    Runnable next = queue.poll();
    if (next == null) {
      interjections = null;
    } else {
      next.run();
    }
  }

  @SuppressWarnings("ReferenceEquality") // there is one mark
  private boolean decodeNext() {
    ArrayDeque<Waiting> queue = messages;
    Waiting next = queue == null ? null : queue.poll();
    if (next == null) {
      messages = null;
      return false;
    }
    waitingBytes -= next.message.length + MESSAGE_OVERHEAD;
    backlog = queue == null ? 0 : queue.size();
    if (next == MARK) {
      onMark.run();
    } else {
      decode(next.message, next.binary);
    }
    return true;
  }

  private void decode(byte[] message, boolean binary) {
    List<Packet> packets = processor.decode(message, binary);
    if (!packets.isEmpty()) { // or else decoded() may have been called already
      batch = packets.iterator();
    }
  }

  private void enqueue(Waiting waiting) {
    ArrayDeque<Waiting> queue = messages;
    if (queue == null) {
      queue = new ArrayDeque<>();
      messages = queue;
    }
    queue.add(waiting);
    backlog = queue.size();
    waitingBytes += waiting.message.length + MESSAGE_OVERHEAD;
    if (waitingBytes > byteLimit && !paused) {
      paused = true;
      processor.setReading(false);
    }
  }

  private void resumeReading() {
    if (paused && waitingBytes <= byteLimit / 2 && !stopped) {
      paused = false;
      processor.setReading(true);
    }
  }
}
