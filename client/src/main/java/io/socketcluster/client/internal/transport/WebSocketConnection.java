// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.FrameWriter;
import io.socketcluster.websocket.Role;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the name of its server to its end. Its listener learns the end once, whoever
 * brought it about. Event loop only.
 */
public final class WebSocketConnection {
  /** How long the server may take to answer a close frame. */
  private static final long CLOSE_SECONDS = 5;

  private final EventLoop loop;
  private final ConnectionListener listener;
  private final FrameWriter writer = FrameWriter.of(Role.CLIENT);
  private @Nullable Deflation deflation; // null: nothing is compressed
  private @Nullable Channel channel; // null until there is a TCP connection
  private boolean open;
  private boolean closing;
  private boolean ended;
  private boolean flushing;
  private volatile long bytesReceived; // written on the event loop only

  private WebSocketConnection(EventLoop loop, ConnectionListener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /** Begins to connect. */
  public static WebSocketConnection connect(
      EventLoop loop, Target target, ConnectionListener listener) {
    WebSocketConnection connection = new WebSocketConnection(loop, listener);
    new Connector(loop, target, connection).start();
    return connection;
  }

  /** Sends a message; those of one turn of the event loop leave together. */
  public void send(byte[] message, boolean binary) {
    Channel active = writable();
    if (active != null) {
      active.write(frame(active, message, binary), active.voidPromise());
    }
  }

  /**
   * Sends a message.
   *
   * @param onWritten runs when the system has it, or it cannot be sent
   */
  public void send(byte[] message, boolean binary, Runnable onWritten) {
    Channel active = writable();
    if (active == null) {
      onWritten.run();
    } else {
      active.write(frame(active, message, binary)).addListener(written -> onWritten.run());
    }
  }

  /** Returns where to write, which is flushed later in this turn; null when that is useless. */
  private @Nullable Channel writable() {
    if (!open || closing) {
      return null;
    }
    if (!flushing) {
      flushing = true;
      loop.execute(this::flush);
    }
    return channel;
  }

  private ByteBuf frame(Channel active, byte[] message, boolean binary) {
    return writer.message(active.alloc(), message, binary, deflation);
  }

  private void flush() {
    flushing = false;
    if (channel != null) {
      channel.flush();
    }
  }

  /** Closes the connection behind what was sent; the listener learns nothing more. */
  public void close(int code, @Nullable String reason) {
    ended = true;
    Channel active = channel;
    if (active == null || closing) {
      return;
    }
    closing = true;
    if (!open) {
      active.close();
      return;
    }
    active
        .writeAndFlush(writer.close(active.alloc(), code, reason))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    closeInTime(active);
  }

  /** Closes the connection as soon as its last frame has left: no answer is waited for. */
  void closeBehind(int code, @Nullable String reason) {
    Channel active = channel;
    if (active == null) {
      return;
    }
    closing = true;
    active.config().setAutoRead(false);
    active
        .writeAndFlush(writer.close(active.alloc(), code, reason))
        .addListener(ChannelFutureListener.CLOSE);
    closeInTime(active);
  }

  /** A server that does not read, or does not answer, keeps no connection. */
  private void closeInTime(Channel active) {
    Future<?> timeout = loop.schedule((Runnable) active::close, CLOSE_SECONDS, TimeUnit.SECONDS);
    active.closeFuture().addListener(closed -> timeout.cancel(false));
  }

  /** Returns how many bytes the messages had that have arrived. Any thread. */
  public long bytesReceived() {
    return bytesReceived;
  }

  /** Returns whether nobody waits for this connection any more. */
  boolean isAbandoned() {
    return ended;
  }

  /** Returns whether a close frame was sent, or need not be. */
  boolean isClosing() {
    return closing;
  }

  /** There is a TCP connection. */
  void connected(Channel connected) {
    channel = connected;
    if (ended) {
      connected.close();
    }
  }

  /**
   * The upgrade is complete.
   *
   * @param agreed compresses what is sent; null: nothing may be compressed
   */
  void opened(@Nullable Deflation agreed) {
    deflation = agreed;
    open = true;
    if (!ended) {
      listener.onOpen();
    }
  }

  void pong(byte[] payload) {
    Channel active = channel;
    if (active != null && !closing) {
      active.writeAndFlush(writer.pong(active.alloc(), payload), active.voidPromise());
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the event loop
  void received(byte[] message, boolean binary) {
    bytesReceived += message.length;
    if (!ended) {
      listener.onMessage(message, binary);
    }
  }

  void ended(int code, @Nullable String reason, @Nullable Throwable cause) {
    if (!ended) {
      ended = true;
      listener.onEnd(code, reason, cause);
    }
  }
}
