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
    /** Decodes a message; an empty list when there is nothing to dispatch. */
    List<Packet> decode(byte[] message);

    /** Acts on a packet; calls {@link InboundOrder#hold} when that is not done on return. */
    void dispatch(Packet packet);

    /** Stops or starts reading from the client. */
    void setReading(boolean reading);
  }

  /** What keeping a message costs besides its bytes: also the empty ones have a price. */
  private static final int MESSAGE_OVERHEAD = 32;

  private final Processor processor;
  private final int byteLimit;
  private @Nullable ArrayDeque<byte[]> messages; // made when the first one has to wait
  private Iterator<Packet> batch = Collections.emptyIterator();
  private int holds;
  private int waitingBytes;
  private boolean paused;
  private boolean stopped;
  private boolean running;
  private volatile int backlog;

  InboundOrder(Processor processor, int byteLimit) {
    this.processor = processor;
    this.byteLimit = byteLimit;
  }

  /** Takes a message, now or after those that wait. */
  void accept(byte[] message) {
    if (stopped) {
      return;
    }
    if (holds > 0 || running) {
      enqueue(message);
    } else {
      process(message);
    }
  }

  /** The packet being dispatched is not done; the next one waits until {@link #release}. */
  void hold() {
    holds++;
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

  private void process(byte[] message) {
    batch = processor.decode(message).iterator();
    proceed();
  }

  /** Dispatches until something has to wait; not recursive, whoever calls {@link #release}. */
  private void proceed() {
    running = true;
    try {
      while (holds == 0 && !stopped) {
        if (batch.hasNext()) {
          processor.dispatch(batch.next());
        } else if (!decodeNext()) {
          break;
        }
      }
    } finally {
      running = false;
    }
    resumeReading();
  }

  private boolean decodeNext() {
    ArrayDeque<byte[]> queue = messages;
    byte[] next = queue == null ? null : queue.poll();
    if (next == null) {
      messages = null;
      return false;
    }
    waitingBytes -= next.length + MESSAGE_OVERHEAD;
    backlog = queue == null ? 0 : queue.size();
    batch = processor.decode(next).iterator();
    return true;
  }

  private void enqueue(byte[] message) {
    ArrayDeque<byte[]> queue = messages;
    if (queue == null) {
      queue = new ArrayDeque<>();
      messages = queue;
    }
    queue.add(message);
    backlog = queue.size();
    waitingBytes += message.length + MESSAGE_OVERHEAD;
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
