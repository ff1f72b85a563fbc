// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much of a frame that several connections are sent counts for each of them. */
final class FrameShares {
  private FrameShares() {}

  /** Returns which part of frames counts for each who refers to them; 1 if nobody shares them. */
  static double average(Stream<ByteBuf> frames) {
    return frames.mapToDouble(frame -> 1.0 / Math.max(1, frame.refCnt())).average().orElse(1);
  }

  /** Returns what counts of that which a channel has not sent yet. */
  static long heldBytes(@Nullable ChannelOutboundBuffer buffer) {
    if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
      return 0;
    }
    ByteBuf first = buffer.current() instanceof ByteBuf frame ? frame : null;
    int shares = first == null ? 1 : Math.max(1, first.refCnt());
    return buffer.totalPendingWriteBytes() / shares;
  }
}
