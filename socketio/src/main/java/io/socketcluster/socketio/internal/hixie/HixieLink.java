// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.hixie;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpUpgrade;
import io.socketcluster.socketio.internal.carry.MessageLink;
import io.socketcluster.socketio.internal.carry.SocketOpening;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of hixie-75 or hixie-76. The head of the answer leaves before the eight bytes of
 * hixie-76 have come: some proxies hold them back until then. Event loop of the connection only,
 * but for what {@link MessageLink} has.
 */
public final class HixieLink extends ChannelInboundHandlerAdapter implements MessageLink {
  private static final int NONCE_SECONDS = 10;
  private static final int UNREAD_SECONDS = 5;
  private static final int HUNG_UP = 1006;
  private static final int NORMAL = 1000;

  private final HixieHandshake handshake;
  private final SocketOpening opening;
  private final HixieFrames frames;
  private final ByteBuf nonce = Unpooled.buffer(HixieHandshake.NONCE_BYTES);
  private volatile @Nullable ChannelHandlerContext context;
  private boolean isOpen;
  private boolean isReading = true;
  private boolean isClosing;
  private boolean isTold;

  private HixieLink(HixieHandshake handshake, SocketOpening opening, int maxPayload) {
    this.handshake = handshake;
    this.opening = opening;
    this.frames = new HixieFrames(maxPayload);
  }

  /** Returns whether a request is a whole handshake of one of the two. */
  public static boolean isHandshake(UpgradeRequest request) {
    return HixieHandshake.of(request) != null;
  }

  /** Answers a handshake that {@link #isHandshake} and takes the connection over. */
  public static void open(HttpUpgrade upgrade, int maxPayload, SocketOpening opening) {
    HixieHandshake handshake = HixieHandshake.of(upgrade.request());
    if (handshake == null) {
      throw new IllegalArgumentException("No handshake of hixie-75 or hixie-76");
    }
    HixieLink link = new HixieLink(handshake, opening, maxPayload);
    upgrade.takeOver(handshake.head(upgrade), link);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    if (handshake.hasNonce()) {
      ctx.executor().schedule(this::closeUnlessOpen, NONCE_SECONDS, TimeUnit.SECONDS);
    } else {
      open();
    }
  }

  private void closeUnlessOpen() {
    if (!isOpen) {
      context().close();
    }
  }

  private void open() {
    isOpen = true;
    opening.onOpen(this);
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("Not open yet");
    }
    return ctx;
  }

  // To the client, from any thread.

  @Override
  public EventLoop eventLoop() {
    return context().channel().eventLoop();
  }

  @Override
  public void send(List<ByteBuf> messages, Runnable left) {
    if (messages.isEmpty()) {
      left.run();
      return;
    }
    ChannelHandlerContext ctx = context();
    ByteBuf framed = ctx.alloc().directBuffer();
    for (ByteBuf message : messages) {
      framed.writeByte(0x00).writeBytes(message).writeByte(0xFF);
      message.release();
    }
    ChannelFuture sent = ctx.writeAndFlush(framed);
    sent.addListener(
        done -> {
          if (done.isSuccess()) {
            left.run();
          }
        });
  }

  /** The drafts have no codes. */
  @Override
  public void close(int code, String reason) {
    execute(this::closeNow);
  }

  private void closeNow() {
    if (isClosing) {
      return;
    }
    isClosing = true;
    ChannelHandlerContext ctx = context();
    ByteBuf farewell =
        handshake.hasNonce()
            ? Unpooled.wrappedBuffer(new byte[] {(byte) 0xFF, 0x00})
            : Unpooled.EMPTY_BUFFER;
    Future<?> timeout = // for a client that does not read
        ctx.executor().schedule(() -> ctx.close(), UNREAD_SECONDS, TimeUnit.SECONDS);
    ctx.channel().closeFuture().addListener(closed -> timeout.cancel(false));
    ctx.writeAndFlush(farewell).addListener(ChannelFutureListener.CLOSE);
  }

  // From the client.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof ByteBuf bytes && !isClosing) {
        if (!isOpen) {
          readNonce(ctx, bytes);
        }
        if (isOpen) {
          read(bytes);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void readNonce(ChannelHandlerContext ctx, ByteBuf bytes) {
    bytes.readBytes(nonce, Math.min(nonce.writableBytes(), bytes.readableBytes()));
    if (!nonce.isWritable()) {
      ctx.writeAndFlush(Unpooled.wrappedBuffer(handshake.digest(nonce.array())), ctx.voidPromise());
      open();
    }
  }

  private void read(ByteBuf bytes) {
    HixieFrames.Found found = frames.read(bytes);
    if (found != HixieFrames.Found.NOTHING) {
      pass();
      closeNow();
      tell(NORMAL);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    pass();
    ctx.fireChannelReadComplete();
  }

  private void pass() {
    List<byte[]> came = frames.take();
    if (came.isEmpty()) {
      return;
    }
    isReading = false;
    opening.onMessages(came, () -> execute(this::readOn));
    if (!isReading && !isClosing) {
      context().channel().config().setAutoRead(false);
    }
  }

  private void readOn() {
    isReading = true;
    context().channel().config().setAutoRead(true);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    tell(HUNG_UP);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void tell(int code) {
    if (isOpen && !isTold) {
      isTold = true;
      opening.onClose(code, "");
    }
  }
}
