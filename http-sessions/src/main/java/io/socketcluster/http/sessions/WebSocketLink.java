// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpUpgrade;
import io.socketcluster.websocket.FrameReader;
import io.socketcluster.websocket.FrameWriter;
import io.socketcluster.websocket.HandshakeKey;
import io.socketcluster.websocket.ProtocolViolation;
import io.socketcluster.websocket.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket (RFC 6455) that carries messages of a session, whose event loop may be another. Event
 * loop of the connection only, but for the methods that say otherwise.
 */
public final class WebSocketLink extends ChannelInboundHandlerAdapter {
  /** Told what comes, on the event loop of the connection. */
  public interface Listener {
    /** The connection is upgraded. */
    void onOpen(WebSocketLink link);

    /** Text messages came in one read. Calls {@code taken} when more may be read. */
    void onMessages(List<byte[]> messages, Runnable taken);

    /** Something came that is no message. */
    void onHeard();

    /** The connection has ended: with a close frame of the client, or without (1006). */
    void onClose(int code, String reason);
  }

  private static final Pattern KEY = Pattern.compile("[+/0-9A-Za-z]{22}==");
  private static final Set<String> VERSION = Set.of("13");
  private static final int HUNG_UP = 1006;
  private static final int UNSUPPORTED_DATA = 1003;
  private static final int CLOSE_MILLIS = 1000;
  private static final int UNREAD_SECONDS = 5;
  private static final int TEXT = 0x81;
  private static final int PING = 0x89;
  private static final int SHORT_FOLLOWS = 126;
  private static final int HEAD = 10;
  private static final int SHORT = 1024;
  private static final int LONG_FOLLOWS = 127;

  private final Listener listener;
  private final FrameReader reader;
  private List<byte[]> came = new ArrayList<>(1);
  private @Nullable ChannelHandlerContext context;
  private boolean isReading = true;
  private boolean isClosing;
  private boolean isTold;

  private WebSocketLink(int maxPayload, Listener listener) {
    this.listener = listener;
    this.reader = new FrameReader(Role.SERVER, new Incoming(), maxPayload, false);
  }

  /** Returns whether a request is a whole handshake of version 13. */
  public static boolean isHandshake(UpgradeRequest request) {
    return isHandshake(request, VERSION);
  }

  /** Returns whether a request is a whole handshake of one of these versions. */
  public static boolean isHandshake(UpgradeRequest request, Set<String> versions) {
    String version = request.header("sec-websocket-version");
    String upgrade = request.header("upgrade");
    String key = request.header("sec-websocket-key");
    return upgrade != null
        && upgrade.toLowerCase(Locale.ROOT).equals("websocket")
        && version != null
        && versions.contains(version)
        && key != null
        && KEY.matcher(key).matches();
  }

  /** Answers a handshake that {@link #isHandshake} and takes the connection over. */
  public static void open(HttpUpgrade upgrade, int maxPayload, Listener listener) {
    String key = String.valueOf(upgrade.request().header("sec-websocket-key"));
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
            + "sec-websocket-accept: "
            + HandshakeKey.answer(key)
            + "\r\n\r\n";
    upgrade.takeOver(
        Unpooled.wrappedBuffer(answer.getBytes(US_ASCII)), new WebSocketLink(maxPayload, listener));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    listener.onOpen(this);
  }

  /** Returns the context of the connection. Any thread, once it is open. */
  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("Not open yet");
    }
    return ctx;
  }

  /** Returns the event loop of the connection. Any thread, once it is open. */
  public EventLoop eventLoop() {
    return context().channel().eventLoop();
  }

  // To the client, from any thread.

  /**
   * Sends text messages, whose references it takes over.
   *
   * @param left runs on the event loop of the connection when they have left
   */
  public void send(List<ByteBuf> messages, Runnable left) {
    ChannelHandlerContext ctx = context();
    try {
      run(ctx, () -> write(ctx, messages, left)); // no pong comes between a head and its message
    } catch (RejectedExecutionException e) {
      messages.forEach(ByteBuf::release); // the loop has ended, and the connection with it
    }
  }

  private static void write(ChannelHandlerContext ctx, List<ByteBuf> messages, Runnable left) {
    if (messages.isEmpty()) {
      left.run();
      return;
    }
    for (int i = 0; i < messages.size() - 1; i++) {
      write(ctx, messages.get(i), ctx.voidPromise());
    }
    ChannelPromise last = ctx.newPromise();
    last.addListener(
        sent -> {
          if (sent.isSuccess()) {
            left.run();
          }
        });
    write(ctx, messages.getLast(), last);
    ctx.flush();
  }

  /** A short message is copied behind its head: one buffer to send instead of two. */
  private static void write(ChannelHandlerContext ctx, ByteBuf message, ChannelPromise promise) {
    int length = message.readableBytes();
    boolean isShort = length <= SHORT;
    ByteBuf head = head(ctx.alloc().directBuffer(isShort ? HEAD + length : HEAD), TEXT, length);
    if (isShort) {
      head.writeBytes(message, message.readerIndex(), length);
      message.release();
      ctx.write(head, promise);
    } else {
      ctx.write(head, ctx.voidPromise());
      ctx.write(message, promise);
    }
  }

  private static ByteBuf head(ByteBuf head, int first, int length) {
    head.writeByte(first);
    if (length < SHORT_FOLLOWS) {
      return head.writeByte(length);
    }
    return length <= 0xFFFF
        ? head.writeByte(SHORT_FOLLOWS).writeShort(length)
        : head.writeByte(LONG_FOLLOWS).writeLong(length);
  }

  /** Pings the client: browsers answer by themselves, even for a page that sleeps. */
  public void ping() {
    ChannelHandlerContext ctx = context();
    ctx.writeAndFlush(head(ctx.alloc().directBuffer(HEAD), PING, 0), ctx.voidPromise());
  }

  /** Sends a close frame; the connection closes when the client has answered or soon. */
  public void close(int code, String reason) {
    ChannelHandlerContext ctx = context();
    ctx.executor().execute(() -> closeNow(ctx, code, reason));
  }

  private void closeNow(ChannelHandlerContext ctx, int code, String reason) {
    if (isClosing) {
      return;
    }
    isClosing = true;
    reader.end();
    ctx.channel().config().setAutoRead(true);
    closeInTime(ctx);
    ctx.writeAndFlush(FrameWriter.SERVER.close(ctx.alloc(), code, reason))
        .addListener(
            sent ->
                ctx.executor().schedule(() -> ctx.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** A client that does not read, so that no close frame reaches it, keeps no connection. */
  private static void closeInTime(ChannelHandlerContext ctx) {
    Future<?> timeout =
        ctx.executor().schedule(() -> ctx.close(), UNREAD_SECONDS, TimeUnit.SECONDS);
    ctx.channel().closeFuture().addListener(closed -> timeout.cancel(false));
  }

  /** Closes the connection without a word. */
  public void terminate() {
    context().close();
  }

  // From the client.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof ByteBuf bytes) {
        while (bytes.isReadable()) {
          reader.read(bytes);
        }
      }
    } catch (ProtocolViolation e) {
      close(e.closeCode(), "");
      tell(e.closeCode(), "");
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!came.isEmpty()) {
      List<byte[]> all = came;
      came = new ArrayList<>(1);
      isReading = false;
      listener.onMessages(all, () -> run(ctx, this::taken));
      if (!isReading && !isClosing) {
        ctx.channel().config().setAutoRead(false);
      }
    }
    ctx.fireChannelReadComplete();
  }

  private void taken() {
    isReading = true;
    context().channel().config().setAutoRead(true);
  }

  private static void run(ChannelHandlerContext ctx, Runnable task) {
    if (ctx.executor().inEventLoop()) {
      task.run();
    } else {
      ctx.executor().execute(task);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    tell(HUNG_UP, "");
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void tell(int code, String reason) {
    if (!isTold) {
      isTold = true;
      listener.onClose(code, reason);
    }
  }

  private final class Incoming implements FrameReader.Sink {
    @Override
    public void onMessage(byte[] message, boolean binary, boolean compressed) {
      if (isClosing) {
        return;
      }
      if (binary) {
        close(UNSUPPORTED_DATA, "");
        tell(UNSUPPORTED_DATA, "");
      } else {
        came.add(message);
      }
    }

    @Override
    public void onPing(byte[] payload) {
      ChannelHandlerContext ctx = context();
      if (ctx.channel().isWritable()) {
        ctx.writeAndFlush(FrameWriter.SERVER.pong(ctx.alloc(), payload), ctx.voidPromise());
      }
      listener.onHeard();
    }

    @Override
    public void onPong() {
      listener.onHeard();
    }

    @Override
    public void onCloseFrame(int code, String reason) {
      ChannelHandlerContext ctx = context();
      if (isClosing) {
        ctx.close();
      } else {
        isClosing = true;
        closeInTime(ctx);
        ctx.writeAndFlush(FrameWriter.SERVER.close(ctx.alloc(), code, null))
            .addListener(ChannelFutureListener.CLOSE);
      }
      flush();
      tell(code, reason);
    }

    /** Passes on the messages that arrived before the last frame. */
    private void flush() {
      if (!came.isEmpty()) {
        List<byte[]> all = came;
        came = new ArrayList<>(1);
        listener.onMessages(all, () -> {});
      }
    }
  }
}
