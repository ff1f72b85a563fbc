// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what one socket sends, to send it as one message. What waits is encoded already, and
 * of a publish it may be the bytes that all subscribers share. For the thread that owns the
 * connection, but for the questions.
 */
public final class OutboundBatch {
  /** A batch of this size is sent at once. */
  private static final int BYTE_LIMIT = 64 * 1024;

  /** What keeping a message costs besides its bytes. */
  private static final int MESSAGE_OVERHEAD = 32;

  private final ConnectionTimer timer;
  private final Duration interval;
  private final Consumer<List<byte[]>> sink;
  private final List<byte[]> messages = new ArrayList<>();
  private volatile int count; // written on the owning thread, and so is the next
  private volatile int bytes;
  private boolean periodic;
  private volatile boolean buffering;
  private volatile boolean batching;
  private ConnectionTimer.@Nullable Timeout nextFlush; // while a periodic batch is not empty
  private ConnectionTimer.@Nullable Timeout endOfHandshake;

  /**
   * Creates a batch that has not begun.
   *
   * @param timer of the thread that owns the connection
   * @param interval how long a message waits at most in one of many batches
   * @param sink sends the messages of a batch, of which there is at least one, and does not keep
   *     the list
   */
  public OutboundBatch(ConnectionTimer timer, Duration interval, Consumer<List<byte[]>> sink) {
    this.timer = timer;
    this.interval = interval;
    this.sink = sink;
  }

  /** Returns whether what is sent now waits for the batch. Any thread. */
  public boolean isBuffering() {
    return buffering;
  }

  /** Returns whether the application has asked for one batch after the other. Any thread. */
  public boolean isBatching() {
    return batching;
  }

  /** Returns how many messages wait. Any thread. */
  public int count() {
    return count;
  }

  /** Returns how many bytes wait. Any thread. */
  public int bytes() {
    return bytes;
  }

  /** Takes a message while {@link #isBuffering}. */
  public void add(byte[] message) {
    messages.add(message);
    count = messages.size();
    int size = bytes + message.length;
    bytes = size;
    if (size + messages.size() * MESSAGE_OVERHEAD > BYTE_LIMIT) {
      send();
    } else if (periodic && nextFlush == null) {
      nextFlush = timer.schedule(interval, this::send);
    }
  }

  /** Begins a batch, unless one has begun. */
  public void start() {
    buffering = true;
  }

  /** Sends the batch; the next begins at once if there is to be one after the other. */
  public void flush() {
    buffering = periodic;
    send();
  }

  /** Drops the batch, likewise. */
  public void cancel() {
    buffering = periodic;
    clear();
  }

  /** Makes one batch after the other, until one of the two that follow. */
  public void startBatching() {
    batching = true;
    startPeriod();
  }

  /** Sends the batch, and what follows without delay. */
  public void stopBatching() {
    batching = false;
    endPeriod();
    flush();
  }

  /** Drops the batch, and sends what follows without delay. */
  public void cancelBatching() {
    batching = false;
    endPeriod();
    cancel();
  }

  /** Makes one batch after the other for a while; the application may want it for longer. */
  public void startAfterHandshake(Duration duration) {
    startPeriod();
    endOfHandshake = timer.schedule(duration, this::stopAfterHandshake);
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
      nextFlush = timer.schedule(interval, this::send);
    }
  }

  private void endPeriod() {
    periodic = false;
    ConnectionTimer.Timeout end = endOfHandshake;
    if (end != null) {
      end.cancel();
      endOfHandshake = null;
    }
  }

  private void send() {
    if (!messages.isEmpty()) {
      sink.accept(messages);
    }
    clear();
  }

  private void clear() {
    messages.clear();
    count = 0;
    bytes = 0;
    ConnectionTimer.Timeout flush = nextFlush;
    if (flush != null) {
      flush.cancel();
      nextFlush = null;
    }
  }
}
