// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.netty.channel.EventLoop;
import io.socketcluster.server.SocketStreamCleanupMode;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends the streams of a socket that has closed, as its cleanup mode says. Made at the close. Event
 * loop only.
 *
 * <p>What came from the client ends at once, after the backlog. The listeners end when nothing is
 * left to do: a handler that is still at work may emit something; those to errors end last.
 * Meanwhile {@code KILL} looks again and again for blocked consumers, which lose their backlog.
 */
public final class StreamCleanup {
  private static final int FIRST_LOOK_MILLIS = 5;
  private static final int LONGEST_LOOK_MILLIS = 40;

  private final SocketStreamCleanupMode mode;
  private final ServerStreams streams;
  private final EventLoop loop;
  private final List<BlockedConsumers> blocked;
  private boolean done;

  public StreamCleanup(SocketStreamCleanupMode mode, ServerStreams streams, EventLoop loop) {
    this.mode = mode;
    this.streams = streams;
    this.loop = loop;
    this.blocked = mode == SocketStreamCleanupMode.KILL ? streams.blockedConsumers() : List.of();
  }

  /** The socket has closed, and its last events are emitted. */
  public void begin() {
    if (mode != SocketStreamCleanupMode.NONE) {
      streams.endInbound();
      look(FIRST_LOOK_MILLIS);
    }
  }

  private void look(int pauseMillis) {
    if (done) {
      return;
    }
    if (streams.isIdle()) {
      done = true;
      streams.endListeners();
      return;
    }
    blocked.forEach(BlockedConsumers::look);
    if (!loop.isShuttingDown()) {
      loop.schedule(
          () -> look(Math.min(2 * pauseMillis, LONGEST_LOOK_MILLIS)),
          pauseMillis,
          TimeUnit.MILLISECONDS);
    }
  }

  /** The time for consumers that come late is over: all streams end, whatever is left to do. */
  public void finish() {
    if (mode == SocketStreamCleanupMode.NONE) {
      return;
    }
    if (!done) {
      done = true;
      blocked.forEach(BlockedConsumers::dropAll);
    }
    streams.endAllListeners();
  }
}
