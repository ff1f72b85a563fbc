// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.listening;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log, a line in a minute at most, that connections cannot be accepted: so many of them
 * that the system has no more file descriptors would otherwise fill a disk. Event loop only.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier clock;
  private long lastTold;

  AcceptFailures() {
    this(System::nanoTime);
  }

  /**
   * Creates a handler.
   *
   * @param clock tells the time in nanoseconds
   */
  AcceptFailures(LongSupplier clock) {
    this.clock = clock;
    this.lastTold = clock.getAsLong() - PAUSE;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    long now = clock.getAsLong();
    if (now - lastTold >= PAUSE) {
      lastTold = now;
      LOG.warn("Cannot accept connections, and tries again each second: {}", cause.toString());
    }
  }
}
