// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that has not been upgraded in time, however slowly it sends. Event loop only.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter implements HttpStage {
  private final Duration limit;
  private @Nullable Future<?> deadline;

  RequestDeadline(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline =
        ctx.channel()
            .eventLoop()
            .schedule(() -> ctx.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    Future<?> scheduled = deadline;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
