// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.IoEventLoop;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection of Tomcat. Public because Tomcat creates it; not for applications.
 *
 * <p>Tomcat's own WebSocket plugs in here, too. The streams of {@link
 * jakarta.servlet.http.HttpUpgradeHandler} would not do: with them Tomcat 11.0.27 keeps a thread
 * busy while bytes are left unread, and closes the connection at the peer's next sign of life only.
 */
public final class TomcatStream implements InternalHttpUpgradeHandler, ContainerStream {
  private @Nullable SocketWrapperBase<?> socket;
  private @Nullable ContainerChannel channel;
  private volatile @Nullable Listener listener;
  private @Nullable DirectSocket direct; // without TLS
  private boolean isDirectRead; // what Tomcat had read beyond the request is over

  /** Called by Tomcat. */
  public TomcatStream() {}

  static void upgrade(
      HttpServletRequest request, HttpServletResponse response, ContainerChannel channel)
      throws IOException, ServletException {
    request.upgrade(TomcatStream.class).channel = channel;
  }

  @Override
  public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
    socket = wrapper;
  }

  /** The answer has left. */
  @Override
  public void init(WebConnection connection) {
    ContainerChannel target = channel;
    if (target != null) {
      target.attach(this);
    }
  }

  /** Suspended means that Tomcat waits for the next {@code register...Interest}. */
  @Override
  public SocketState upgradeDispatch(SocketEvent event) {
    return switch (event) {
      case OPEN_READ -> tell(Listener::onReadable);
      case OPEN_WRITE -> tell(Listener::onWritable);
      default -> {
        destroy();
        yield SocketState.CLOSED;
      }
    };
  }

  private SocketState tell(Consumer<Listener> news) {
    Listener target = listener;
    if (target != null) {
      news.accept(target);
    }
    return SocketState.SUSPENDED;
  }

  @Override
  public void destroy() {
    ContainerChannel target = channel;
    if (target != null) {
      target.onClosed();
    }
  }

  @Override
  public void setSslSupport(@Nullable SSLSupport support) {}

  @Override
  public void timeoutAsync(long now) {}

  /** Tomcat stops accepting; the server drains by itself. */
  @Override
  public void pause() {}

  @Override
  public void open(IoEventLoop loop, Listener target) throws IOException {
    listener = target;
    SocketWrapperBase<?> from = socket;
    if (from != null
        && from.getSocket() instanceof NioChannel plain
        && !(plain instanceof SecureNioChannel)
        && !from.hasDataToWrite()) {
      direct = new DirectSocket(plain.getIOChannel(), loop, target);
    }
  }

  @Override
  public int read(ByteBuf into) throws IOException {
    SocketWrapperBase<?> from = socket;
    if (from == null) {
      return -1;
    }
    DirectSocket own = direct;
    if (own != null && isDirectRead) {
      return own.read(into);
    }
    int count = read(from, into);
    if (count == 0 && own != null) {
      isDirectRead = true;
      return own.read(into);
    }
    if (count == 0) {
      from.registerReadInterest();
    }
    return count;
  }

  private static int read(SocketWrapperBase<?> from, ByteBuf into) throws IOException {
    ByteBuffer view = into.internalNioBuffer(into.writerIndex(), into.writableBytes());
    int count = readNow(from, view);
    if (count > 0) {
      into.writerIndex(into.writerIndex() + count);
    }
    return count;
  }

  private static int readNow(SocketWrapperBase<?> from, ByteBuffer into) throws IOException {
    try {
      return from.read(false, into);
    } catch (EOFException e) {
      return -1;
    }
  }

  @Override
  public void write(ChannelOutboundBuffer from) throws IOException {
    DirectSocket own = direct;
    SocketWrapperBase<?> to = socket;
    if (own != null) {
      own.write(from);
    } else if (to != null) {
      write(to, from);
    }
  }

  private static void write(SocketWrapperBase<?> to, ChannelOutboundBuffer from)
      throws IOException {
    while (from.current() instanceof ByteBuf message) {
      if (!to.canWrite() && isFull(to)) {
        return;
      }
      int piece = Math.min(message.readableBytes(), LARGEST_WRITE);
      to.write(false, message.nioBuffer(message.readerIndex(), piece));
      from.removeBytes(piece);
    }
    isFull(to);
  }

  /** Flushes; returns whether bytes are left, and then Tomcat tells when it takes more. */
  private static boolean isFull(SocketWrapperBase<?> to) throws IOException {
    if (to.flush(false)) {
      to.registerWriteInterest();
      return true;
    }
    return false;
  }

  @Override
  public void close() {
    DirectSocket own = direct;
    if (own != null) {
      own.leave();
    }
    SocketWrapperBase<?> closing = socket;
    if (closing != null) {
      closing.close();
    }
  }
}
