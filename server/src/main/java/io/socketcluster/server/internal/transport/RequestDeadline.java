// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request has not come in time, however slowly it is sent, or whose
 * answer has not been read in the much longer time that there is for that. Event loop only.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter implements HttpStage {
  static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private final Duration requestLimit;
  private boolean received;
  private @Nullable Future<?> deadline;

  RequestDeadline(Duration requestLimit) {
    this.requestLimit = requestLimit;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    closeIn(requestLimit, ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!received && message instanceof LastHttpContent) {
      received = true;
      closeIn(ANSWER_LIMIT, ctx);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    cancel();
  }

  private void closeIn(Duration limit, ChannelHandlerContext ctx) {
    cancel();
    deadline =
        ctx.channel()
            .eventLoop()
            .schedule(() -> ctx.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cancel() {
    Future<?> scheduled = deadline;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
