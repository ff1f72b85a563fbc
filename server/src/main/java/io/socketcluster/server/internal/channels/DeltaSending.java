// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.core.deltas.DeltaForm;
import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.channels.LoopChannel.Delivery;
import io.socketcluster.server.internal.channels.LoopChannel.Membership;
import io.socketcluster.server.internal.deltas.ChannelDeltas;
import io.socketcluster.server.internal.deltas.Delta;
import io.socketcluster.server.internal.outbound.SharedFrame;
import io.socketcluster.server.internal.outbound.SocketWriter;
import io.socketcluster.server.internal.wire.WaitingRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends the members of a channel the difference to the value that they have, or the whole value. A
 * message that may be dropped for a slow client is always whole, and so is the first one after it.
 * Event loop only, but for {@link #delivery}.
 */
final class DeltaSending {
  private static final FailureLog LOG = new FailureLog();

  private final ChannelDeltas deltas;
  private final boolean dropsNothing;

  /** The difference that belongs to a delivery; it owns one reference to the frame. */
  record Difference(long version, long base, @Nullable SharedFrame frame) {
    private boolean isFor(DeltaChain chain) {
      return frame != null && chain.has(base, version);
    }

    void release() {
      if (frame != null) {
        frame.release();
      }
    }
  }

  /**
   * @param dropsNothing whether a slow client is disconnected before a message is dropped
   */
  DeltaSending(ChannelDeltas deltas, boolean dropsNothing) {
    this.deltas = deltas;
    this.dropsNothing = dropsNothing;
  }

  ChannelDeltas deltas() {
    return deltas;
  }

  /** Returns a delivery with both forms of a message without a position, as the method below. */
  Delivery delivery(LoopChannel channel, ChannelMessage message, WaitingRule rule) {
    return delivery(channel, message, message.data(), DeltaSending::nothingAround, rule);
  }

  private static Payload nothingAround(@Nullable Payload form) {
    return Objects.requireNonNull(form, "form");
  }

  /**
   * Returns a delivery with both forms of a message. Runs on the publishing thread, under the lock
   * of the channel or of its history.
   *
   * @param around is put around each of the forms
   * @param rule that of the whole value; a difference is never dropped
   */
  Delivery delivery(
      LoopChannel channel,
      ChannelMessage message,
      @Nullable Payload data,
      SharedFrame.Envelope around,
      WaitingRule rule) {
    Delta delta = message.encoding(deltas, Delta.class, each -> deltas.next(data, around::around));
    SharedFrame.Envelope passing = changed -> around.around(DeltaForm.passing(changed));
    SharedFrame whole = channel.frame(delta.whole(), passing, rule);
    SharedFrame smaller = smaller(channel, delta, passing, whole);
    Difference difference =
        new Difference(delta.version(), delta.base(), smaller == null ? null : smaller.retained());
    return new Delivery(channel, whole.retained(), data, difference);
  }

  /** A difference that is smaller in JSON may not be smaller in another codec, or compressed. */
  private static @Nullable SharedFrame smaller(
      LoopChannel channel, Delta delta, SharedFrame.Envelope passing, SharedFrame whole) {
    ChannelMessage difference = delta.difference();
    if (difference == null) {
      return null;
    }
    try {
      SharedFrame frame = channel.frame(difference, passing, WaitingRule.KEPT);
      return frame.frame().readableBytes() < whole.frame().readableBytes() ? frame : null;
    } catch (RuntimeException e) { // of a codec of the application: the whole value is there
      LOG.log("A codec failed to encode a difference; the whole value is sent", e);
      return null;
    }
  }

  /** Sends messages that follow each other in one piece where that is possible. No middleware. */
  void sendTogether(List<Delivery> run, List<Membership> members) {
    Span span = Span.of(run);
    ByteBuf frames = ByteBufAllocator.DEFAULT.directBuffer(LoopChannel.sizeOf(run));
    try {
      run.forEach(each -> LoopChannel.copy(each.smaller(), frames));
      for (int i = 0; i < members.size(); i++) {
        sendTogether(run, span, frames, members.get(i));
      }
    } finally {
      frames.release();
    }
  }

  private void sendTogether(List<Delivery> run, Span span, ByteBuf frames, Membership member) {
    boolean isOneFor = span.isFor(member.chain());
    if (isOneFor && member.writer().publishTogether(frames, WaitingRule.KEPT)) {
      member.chain().extendTo(span.last());
      return;
    }
    for (Delivery each : run) {
      Difference difference = each.difference();
      if (difference != null) {
        send(each, difference, member, false);
      }
    }
  }

  /**
   * The versions of messages that follow each other.
   *
   * @param base the earliest value that a difference among them belongs to
   */
  private record Span(long base, long first, long last, boolean isComplete) {
    static Span of(List<Delivery> run) {
      long base = Long.MAX_VALUE;
      long first = 0;
      long last = 0;
      boolean isComplete = true;
      for (Delivery each : run) {
        Difference next = Objects.requireNonNull(each.difference(), "difference");
        base = next.frame() == null ? base : Math.min(base, next.base());
        isComplete &= last == 0 || next.version() == last + 1;
        first = first == 0 ? next.version() : first;
        last = next.version();
      }
      return new Span(base, first, last, isComplete);
    }

    boolean isFor(DeltaChain chain) {
      return isComplete && chain.hasAll(base, first);
    }
  }

  /**
   * Sends one member a message.
   *
   * @param asked whether there is a middleware to be asked first
   */
  void send(Delivery delivery, Difference difference, Membership member, boolean asked) {
    SocketWriter writer = member.writer();
    DeltaChain chain = member.chain();
    SharedFrame whole = delivery.frame();
    if (!writer.isFree() || (asked && !writer.allows(whole, delivery.data(), member))) {
      chain.end();
      writer.publishAsked(whole, delivery.data(), member);
    } else if (dropsNothing || !writer.hasBacklog()) {
      SharedFrame frame = difference.frame();
      writer.sendKept(frame != null && difference.isFor(chain) ? frame : whole);
      chain.extend(difference.version());
    } else {
      chain.end();
      writer.sendPublish(whole);
    }
  }
}
