// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request has not come in time, however slowly it is sent: its head, and
 * then its body; whose answer has not been read in the much longer time that there is for that; or
 * that stays without another request. A request and its answer move the deadline and leave the
 * timer as it is, which looks when it is due. Event loop only.
 */
public final class RequestDeadline extends ChannelInboundHandlerAdapter implements HttpStage {
  static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private static final Duration LAST_LIMIT = Duration.ofSeconds(1);

  private final Duration requestLimit;
  private final Duration idleLimit;
  private boolean inBody;
  private boolean received;
  private boolean isSet;
  private long deadline;
  private @Nullable Future<?> timer; // is due then or earlier, and looks
  private long timerAt;

  /**
   * @param requestLimit how long a head may take, and then a body
   * @param idleLimit how long the connection may wait for another request
   */
  public RequestDeadline(Duration requestLimit, Duration idleLimit) {
    this.requestLimit = requestLimit;
    this.idleLimit = idleLimit;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    closeIn(requestLimit, ctx.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!received && message instanceof LastHttpContent) {
      received = true;
      closeIn(ANSWER_LIMIT, ctx.channel());
    } else if (!received && !inBody && message instanceof HttpContent) {
      inBody = true;
      closeIn(requestLimit, ctx.channel());
    }
    ctx.fireChannelRead(message);
  }

  /** The client has the answer, and may ask for more. */
  public void answered(Channel channel) {
    received = false;
    inBody = false;
    closeIn(idleLimit, channel);
  }

  /** The answer takes as long as it takes: whoever sends it watches the client. */
  public void suspend() {
    isSet = false;
  }

  /** The answer is complete: its rest is to be read in the time that there is for any answer. */
  public void resume(Channel channel) {
    closeIn(ANSWER_LIMIT, channel);
  }

  /** The client has its last answer, and shall hang up. */
  public void closesSoon(Channel channel) {
    received = true;
    closeIn(LAST_LIMIT, channel);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancelTimer();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    cancelTimer();
  }

  private void closeIn(Duration limit, Channel channel) {
    long now = channel.eventLoop().ticker().nanoTime();
    deadline = now + limit.toNanos();
    isSet = true;
    if (timer == null || timerAt - deadline > 0) {
      cancelTimer();
      setTimer(channel, now);
    }
  }

  private void setTimer(Channel channel, long now) {
    timerAt = deadline;
    timer =
        channel
            .eventLoop()
            .schedule(() -> timeIsOver(channel), deadline - now, TimeUnit.NANOSECONDS);
  }

  private void timeIsOver(Channel channel) {
    timer = null;
    if (!isSet) {
      return;
    }
    long now = channel.eventLoop().ticker().nanoTime();
    if (deadline - now <= 0) {
      channel.close();
    } else {
      setTimer(channel, now);
    }
  }

  private void cancelTimer() {
    Future<?> scheduled = timer;
    if (scheduled != null) {
      timer = null;
      scheduled.cancel(false);
    }
  }
}
