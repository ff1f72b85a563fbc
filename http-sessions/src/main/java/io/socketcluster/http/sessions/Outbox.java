// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches out of the outbound buffer of a session's channel. If the client acknowledges
 * messages, they stay in the buffer until then: they count as bytes that wait, and the next carrier
 * takes them again. Event loop only.
 */
final class Outbox {
  private static final int MOST_IN_A_BATCH = 64 * 1024;

  private boolean isAcknowledged;
  private long acknowledged;
  private int inFlight; // at the front of the buffer, sent and not acknowledged

  /**
   * Messages for a carrier.
   *
   * @param first the number of the first one, counted from 1; 0 if the client acknowledges none
   * @param mark the last frame of the socket, if it follows
   */
  record Batch(long first, List<ByteBuf> messages, @Nullable ByteBuf mark) {}

  /** From now on, messages stay until the client has acknowledged them. */
  void awaitAcknowledgements() {
    isAcknowledged = true;
  }

  /** Returns the next batch, whose references belong to the caller. */
  Batch next(ChannelOutboundBuffer waiting) {
    List<ByteBuf> messages = new ArrayList<>();
    if (!isAcknowledged) {
      return new Batch(0, messages, take(messages, waiting));
    }
    Unsent unsent = new Unsent(inFlight, messages);
    each(waiting, unsent);
    long first = acknowledged + inFlight + 1;
    inFlight += messages.size();
    return new Batch(first, messages, unsent.mark);
  }

  private static @Nullable ByteBuf take(List<ByteBuf> messages, ChannelOutboundBuffer waiting) {
    int bytes = 0;
    while (bytes < MOST_IN_A_BATCH && waiting.current() instanceof ByteBuf message) {
      message.retain();
      waiting.remove();
      if (CloseMark.is(message)) {
        return message;
      }
      bytes += message.readableBytes();
      if (message.isReadable()) {
        messages.add(message);
      } else {
        message.release();
      }
    }
    return null;
  }

  private static void each(
      ChannelOutboundBuffer waiting, ChannelOutboundBuffer.MessageProcessor processor) {
    try {
      waiting.forEachFlushedMessage(processor);
    } catch (Exception e) {
      throw new IllegalStateException("The processor throws nothing", e);
    }
  }

  /**
   * The client has received this many messages.
   *
   * @return false if so many were not sent
   */
  boolean acknowledge(long received, @Nullable ChannelOutboundBuffer waiting) {
    if (received > acknowledged + inFlight) {
      return false;
    }
    while (acknowledged < received && waiting != null) {
      acknowledged++;
      inFlight--;
      waiting.remove();
    }
    return true;
  }

  /**
   * Returns the number of the last message that a carrier was given since {@link #rewind}; 0 unless
   * the client acknowledges.
   */
  long sent() {
    return acknowledged + inFlight;
  }

  /** Whatever is not acknowledged will be sent again. */
  void rewind() {
    inFlight = 0;
  }

  /** Collects what no carrier has taken, up to the size of a batch. */
  private static final class Unsent implements ChannelOutboundBuffer.MessageProcessor {
    private final List<ByteBuf> messages;
    private int toSkip;
    private int bytes;
    private @Nullable ByteBuf mark;

    Unsent(int toSkip, List<ByteBuf> messages) {
      this.toSkip = toSkip;
      this.messages = messages;
    }

    @Override
    public boolean processMessage(Object waiting) {
      if (toSkip > 0) {
        toSkip--;
        return true;
      }
      if (!(waiting instanceof ByteBuf message)) {
        return false;
      }
      if (CloseMark.is(message)) {
        mark = message.retain();
        return false;
      }
      messages.add(message.retain());
      bytes += message.readableBytes();
      return bytes < MOST_IN_A_BATCH;
    }
  }
}
