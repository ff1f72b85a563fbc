// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log, a line in a minute at most, that connections cannot be accepted: so many of them
 * that the system has no more file descriptors would otherwise fill a disk. Event loop only.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  private long lastTold = System.nanoTime() - PAUSE;

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    long now = System.nanoTime();
    if (now - lastTold >= PAUSE) {
      lastTold = now;
      LOG.warn("Cannot accept connections, and tries again each second: {}", cause.toString());
    }
  }
}
