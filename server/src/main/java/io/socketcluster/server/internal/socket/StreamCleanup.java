// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import io.socketcluster.server.SocketStreamCleanupMode;
import java.util.concurrent.TimeUnit;

/** Ends the streams of a closed socket as the application wants it. Event loop only. */
final class StreamCleanup {
  /** A handler is woken by another thread: who had nothing else to do has done its work by then. */
  private static final int KILL_AFTER_MILLIS = 100;

  private final SocketStreamCleanupMode mode;
  private final SocketStreams streams;
  private final EventLoop loop;

  StreamCleanup(SocketStreamCleanupMode mode, SocketStreams streams, EventLoop loop) {
    this.mode = mode;
    this.streams = streams;
    this.loop = loop;
  }

  /**
   * The socket has closed.
   *
   * @param awaited whether consumers may still come for what its streams keep
   */
  void closed(boolean awaited) {
    boolean kills = mode == SocketStreamCleanupMode.KILL && !awaited && streams.isBehind();
    if (kills && !loop.isShuttingDown()) {
      loop.schedule(streams::killInbound, KILL_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** The server has closed and nobody is left to look after the clocks. */
  void endAfterBacklog() {
    if (mode != SocketStreamCleanupMode.NONE) {
      streams.endAfterBacklog();
    }
  }

  /** The time for those who come late is over. */
  void end() {
    switch (mode) {
      case KILL -> streams.end();
      case CLOSE -> streams.endAfterBacklog();
      case NONE -> {}
    }
  }
}
