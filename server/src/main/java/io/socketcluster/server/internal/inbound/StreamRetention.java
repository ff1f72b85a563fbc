// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.netty.channel.EventLoop;
import io.socketcluster.server.SocketStreamCleanupMode;
import io.socketcluster.server.internal.events.ConnectionMark;
import io.socketcluster.server.internal.events.RetentionClock;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.events.StreamCleanup;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.loop.SweepSchedule;
import org.jspecify.annotations.Nullable;

/**
 * How long the streams of a socket keep what nobody consumes yet, and how they end after the
 * socket. While they keep as much as they may, the packets that follow wait. Event loop only.
 */
public final class StreamRetention {
  private final ServerStreams streams;
  private final InboundOrder order;
  private final SocketStreamCleanupMode mode;
  private final EventLoop loop;
  private @Nullable RetentionClock retention = new RetentionClock(); // while anything is kept
  private @Nullable StreamCleanup cleanup; // made at the close
  private boolean saturated;

  public StreamRetention(
      ServerStreams streams, InboundOrder order, SocketStreamCleanupMode mode, EventLoop loop) {
    this.streams = streams;
    this.order = order;
    this.mode = mode;
    this.loop = loop;
  }

  /** The connection event was emitted: its consumers have some time from now on. */
  public void begin(ConnectionMark connection, long now) {
    LoopTasks.check(loop);
    if (retention != null) {
      retention.begin(connection, now);
    }
  }

  /** The socket is closed: consumers that come late still see its last events, for a while. */
  public void end(long now) {
    LoopTasks.check(loop);
    RetentionClock again = retention == null ? new RetentionClock() : retention;
    again.beginAgain(now);
    retention = again;
    cleanup().begin();
  }

  /** Holds the packets that follow if the streams are full; returns whether that begins now. */
  public boolean holdsIfSaturated() {
    if (saturated || retention == null || !streams.isSaturated()) {
      return false;
    }
    saturated = true;
    order.hold();
    return true;
  }

  /** Returns whether nothing is kept any more. */
  public boolean isOver() {
    return retention == null;
  }

  /** Returns true once each time: when the streams need not keep anything any more. */
  public boolean ends(long now) {
    boolean ends = retention != null && retention.ends(now);
    if (ends) {
      retention = null;
      streams.release();
    }
    return ends;
  }

  /** Lets the packets go on if the streams are not full; returns when it wants to look again. */
  public long sweep(long now) {
    LoopTasks.check(loop);
    if (saturated && (retention == null || !streams.isSaturated())) {
      saturated = false;
      order.release();
    }
    if (saturated) {
      return 0;
    }
    return retention == null ? SweepSchedule.NEVER : retention.next(now);
  }

  /** Ends all streams, whatever is left to do. */
  public void finish() {
    LoopTasks.check(loop);
    cleanup().finish();
  }

  private StreamCleanup cleanup() {
    StreamCleanup existing = cleanup;
    if (existing == null) {
      existing = new StreamCleanup(mode, streams, loop);
      cleanup = existing;
    }
    return existing;
  }
}
