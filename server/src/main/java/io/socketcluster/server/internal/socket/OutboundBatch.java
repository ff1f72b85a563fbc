// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.internal.transport.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what one socket sends, to send it as one message. What waits is encoded already, and
 * of a publish it is the bytes that all subscribers share. Event loop only, but for the questions.
 */
final class OutboundBatch {
  /** A batch of this size is sent at once. */
  private static final int BYTE_LIMIT = 64 * 1024;

  /** What keeping a message costs besides its bytes. */
  private static final int MESSAGE_OVERHEAD = 32;

  private final WireConnection connection;
  private final EventLoop loop;
  private final CodecEngine codec;
  private final Duration interval;
  private final Heartbeat heartbeat;
  private final List<byte[]> messages = new ArrayList<>();
  private volatile int count; // written on the event loop, and so is the next
  private volatile int bytes;
  private boolean periodic;
  private volatile boolean buffering;
  private volatile boolean batching;
  private @Nullable Future<?> nextFlush; // there while a periodic batch is not empty
  private @Nullable Future<?> endOfHandshake;

  OutboundBatch(
      WireConnection connection, CodecEngine codec, Duration interval, Heartbeat heartbeat) {
    this.connection = connection;
    this.loop = connection.eventLoop();
    this.codec = codec;
    this.interval = interval;
    this.heartbeat = heartbeat;
  }

  /** Returns whether what is sent now waits for the batch. Any thread. */
  boolean isBuffering() {
    return buffering;
  }

  /** Returns whether the application has asked for one batch after the other. Any thread. */
  boolean isBatching() {
    return batching;
  }

  /** Returns how many messages wait. Any thread. */
  int count() {
    return count;
  }

  /** Returns how many bytes wait. Any thread. */
  int bytes() {
    return bytes;
  }

  /** Takes a message while {@link #isBuffering}. */
  void add(byte[] message) {
    messages.add(message);
    count = messages.size();
    int size = bytes + message.length;
    bytes = size;
    if (size + messages.size() * MESSAGE_OVERHEAD > BYTE_LIMIT) {
      send();
    } else if (periodic && nextFlush == null) {
      nextFlush = loop.schedule(this::send, interval.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Begins a batch, unless one has begun. */
  void start() {
    buffering = true;
  }

  /** Sends the batch; the next begins at once if there is to be one after the other. */
  void flush() {
    buffering = periodic;
    send();
  }

  /** Drops the batch, likewise. */
  void cancel() {
    buffering = periodic;
    clear();
  }

  void startBatching() {
    batching = true;
    startPeriod();
  }

  void stopBatching() {
    batching = false;
    endPeriod();
    flush();
  }

  void cancelBatching() {
    batching = false;
    endPeriod();
    cancel();
  }

  /** Makes one batch after the other for a while; the application may want it for longer. */
  void startAfterHandshake(Duration duration) {
    startPeriod();
    endOfHandshake =
        loop.schedule(this::stopAfterHandshake, duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void stopAfterHandshake() {
    if (!batching) {
      stopBatching();
    }
  }

  private void startPeriod() {
    periodic = true;
    buffering = true;
    if (!messages.isEmpty() && nextFlush == null) {
      nextFlush = loop.schedule(this::send, interval.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void endPeriod() {
    periodic = false;
    Future<?> end = endOfHandshake;
    if (end != null) {
      end.cancel(false);
      endOfHandshake = null;
    }
  }

  /** Clients of version 1 cannot read batches before version 8 of theirs. */
  private void send() {
    if (heartbeat.mayBeVersionOne()) {
      messages.forEach(connection::send);
    } else if (!messages.isEmpty()) {
      connection.send(codec.join(messages));
    }
    clear();
  }

  private void clear() {
    messages.clear();
    count = 0;
    bytes = 0;
    Future<?> flush = nextFlush;
    if (flush != null) {
      flush.cancel(false);
      nextFlush = null;
    }
  }
}
