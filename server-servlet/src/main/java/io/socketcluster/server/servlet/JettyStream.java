// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.IoEventLoop;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection of Jetty.
 *
 * <p>Jetty's own WebSocket plugs in here, too. {@code HttpServletRequest.upgrade} would not do: for
 * a GET, Jetty 12.1.14 ends the stream that it gives to the handler at once.
 */
final class JettyStream extends AbstractConnection
    implements Connection.UpgradeTo, ContainerStream {
  private final ContainerChannel channel;
  private @Nullable ByteBuffer early; // read by Jetty beyond the request
  private volatile ContainerStream.@Nullable Listener listener;
  private volatile boolean isWriting; // one write at a time
  private @Nullable DirectSocket direct; // without TLS

  private JettyStream(EndPoint endPoint, Executor executor, ContainerChannel channel) {
    super(endPoint, executor);
    this.channel = channel;
  }

  static void upgrade(
      HttpServletRequest request, HttpServletResponse response, ContainerChannel channel) {
    ServletContextRequest core = ServletContextRequest.getServletContextRequest(request);
    ConnectionMetaData connection = core.getConnectionMetaData();
    Request.addCompletionListener(
        core,
        failure -> {
          if (failure != null) {
            channel.onClosed(); // the client has gone: Jetty upgrades nothing then
          }
        });
    core.setAttribute(
        HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
        new JettyStream(
            connection.getConnection().getEndPoint(),
            connection.getConnector().getExecutor(),
            channel));
  }

  @Override
  public void onUpgradeTo(ByteBuffer buffer) {
    if (BufferUtil.hasContent(buffer)) {
      early = BufferUtil.copy(buffer);
    }
  }

  /** The answer has left. */
  @Override
  public void onOpen() {
    super.onOpen();
    channel.attach(this);
  }

  @Override
  public void onFillable() {
    ContainerStream.Listener target = listener;
    if (target != null) {
      target.onReadable();
    }
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    channel.onClosed();
    super.onClose(cause);
  }

  /** Pings decide whether a client is there. */
  @Override
  public boolean onIdleExpired(TimeoutException timeout) {
    return false;
  }

  @Override
  public void open(IoEventLoop loop, ContainerStream.Listener target) throws IOException {
    listener = target;
    if (getEndPoint() instanceof SocketChannelEndPoint plain) {
      direct = new DirectSocket(plain.getChannel(), loop, target);
    }
  }

  @Override
  public int read(ByteBuf into) throws IOException {
    ByteBuffer first = early;
    if (first != null) {
      early = null;
      into.writeBytes(first);
      return into.readableBytes();
    }
    DirectSocket own = direct;
    return own == null ? fill(into) : own.read(into);
  }

  private int fill(ByteBuf into) throws IOException {
    ByteBuffer view = into.nioBuffer(into.writerIndex(), into.writableBytes());
    view.limit(0); // Jetty appends
    int count = getEndPoint().fill(view);
    if (count > 0) {
      into.writerIndex(into.writerIndex() + count);
    } else if (count == 0) {
      fillInterested();
    }
    return count;
  }

  @Override
  public void write(ChannelOutboundBuffer from) throws IOException {
    DirectSocket own = direct;
    if (own != null) {
      own.write(from);
    } else if (!isWriting) {
      give(from);
    }
  }

  /** Jetty sends the buffers themselves, so they are kept until it has. */
  private void give(ChannelOutboundBuffer from) {
    List<ByteBuf> pieces = take(from);
    if (pieces.isEmpty()) {
      return;
    }
    isWriting = true;
    ByteBuffer[] buffers = pieces.stream().map(ByteBuf::nioBuffer).toArray(ByteBuffer[]::new);
    getEndPoint().write(new Written(pieces), buffers);
  }

  private static List<ByteBuf> take(ChannelOutboundBuffer from) {
    List<ByteBuf> pieces = new ArrayList<>();
    int room = LARGEST_WRITE;
    while (room > 0 && from.current() instanceof ByteBuf message) {
      int piece = Math.min(message.readableBytes(), room);
      if (piece > 0) {
        pieces.add(message.retainedSlice(message.readerIndex(), piece));
      }
      from.removeBytes(piece);
      room -= piece;
    }
    return pieces;
  }

  @Override
  public void close() {
    DirectSocket own = direct;
    if (own != null) {
      own.leave();
    }
    getEndPoint().close();
  }

  /** Learns on a thread of Jetty that a write is over. */
  private final class Written implements Callback {
    private final List<ByteBuf> pieces;

    Written(List<ByteBuf> pieces) {
      this.pieces = pieces;
    }

    @Override
    public void succeeded() {
      pieces.forEach(ByteBuf::release);
      isWriting = false;
      channel.onWritable();
    }

    @Override
    public void failed(Throwable cause) {
      pieces.forEach(ByteBuf::release);
      channel.onClosed();
    }
  }
}
