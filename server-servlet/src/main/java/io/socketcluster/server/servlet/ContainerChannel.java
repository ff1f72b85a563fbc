// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A Netty channel over a connection of a servlet container, so that the server's own WebSocket
 * reads and writes it. The channel exists from the request on, and has no bytes before {@link
 * #attach}: data that is written earlier waits in the channel. Event loop only, except for {@link
 * #attach}.
 */
final class ContainerChannel extends AbstractChannel implements ContainerStream.Listener {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);
  private static final int BYTES_PER_READ = 8 * 1024;
  private static final int READS_PER_TURN = 16;

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private @Nullable ContainerStream stream;
  private boolean open = true;
  private boolean mayHaveBytes; // since the stream said so last
  private boolean isWanted; // the pipeline asked for bytes
  private boolean isReading;

  ContainerChannel(InetSocketAddress local, InetSocketAddress remote) {
    super(null);
    this.local = local;
    this.remote = remote;
  }

  /** Gives the channel its bytes. Any thread. */
  void attach(ContainerStream given) {
    eventLoop().execute(() -> start(given));
  }

  private void start(ContainerStream given) {
    if (!open) {
      given.close();
      return;
    }
    stream = given;
    try {
      given.open((IoEventLoop) eventLoop(), this);
    } catch (IOException e) {
      close();
      return;
    }
    unsafe().flush();
    mayHaveBytes = true;
    readIfWanted();
  }

  @Override
  public void onReadable() {
    if (eventLoop().inEventLoop()) {
      readNews();
    } else {
      eventLoop().execute(this::readNews);
    }
  }

  private void readNews() {
    mayHaveBytes = true;
    readIfWanted();
  }

  @Override
  public void onWritable() {
    eventLoop().execute(() -> unsafe().flush()); // the caller may be in the middle of a write
  }

  @Override
  public void onClosed() {
    close();
  }

  @Override
  protected void doBeginRead() {
    isWanted = true;
    if (mayHaveBytes && !isReading) {
      eventLoop().execute(this::readIfWanted); // the caller may be in the middle of a read
    }
  }

  private void readIfWanted() {
    ContainerStream from = stream;
    if (from == null || !open || !isWanted || !mayHaveBytes || isReading) {
      return;
    }
    isWanted = false;
    isReading = true;
    try {
      read(from);
    } finally {
      isReading = false;
    }
    if (isWanted && mayHaveBytes) {
      eventLoop().execute(this::readIfWanted);
    }
  }

  /** Reads for one turn of the event loop: other connections have theirs. */
  private void read(ContainerStream from) {
    boolean ended = false;
    try {
      for (int i = 0; i < READS_PER_TURN && mayHaveBytes && !ended && isRead(); i++) {
        ended = readOnce(from);
      }
    } catch (IOException e) {
      pipeline().fireExceptionCaught(e);
      ended = true;
    }
    pipeline().fireChannelReadComplete();
    if (ended) {
      close();
    }
  }

  private boolean isRead() {
    return open && config.isAutoRead();
  }

  /** Returns whether the stream has ended. */
  private boolean readOnce(ContainerStream from) throws IOException {
    ByteBuf buffer = alloc().ioBuffer(BYTES_PER_READ);
    int count = 0;
    try {
      count = from.read(buffer);
    } finally {
      if (count <= 0) {
        buffer.release();
      }
    }
    if (count > 0) {
      pipeline().fireChannelRead(buffer);
    } else {
      mayHaveBytes = false;
    }
    return count < 0;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) throws IOException {
    ContainerStream to = stream;
    if (to != null) {
      to.write(in);
    }
  }

  @Override
  protected void doClose() {
    open = false;
    ContainerStream closing = stream;
    if (closing != null) {
      closing.close();
    }
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("The container has bound the connection");
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected SocketAddress localAddress0() {
    return local;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return remote;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress to, SocketAddress from, ChannelPromise promise) {
        promise.setFailure(
            new UnsupportedOperationException("The container has accepted the connection"));
      }
    };
  }
}
