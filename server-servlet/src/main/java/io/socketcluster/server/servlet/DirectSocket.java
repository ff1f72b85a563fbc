// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/**
 * The socket of a connection without TLS, which its event loop reads and writes by itself: the
 * container's selector would cost each message two changes of its interests and two changes of the
 * thread. The container still owns the connection, and closes it. Event loop only.
 */
final class DirectSocket implements NioIoHandle {
  private static final int MOST_BUFFERS = 1024;
  private static final int WRITES_PER_TURN = 16;

  private final SocketChannel socket;
  private final ContainerStream.Listener listener;
  private final IoRegistration registration;
  private NioIoOps interests = NioIoOps.NONE;
  private boolean isDrained; // since the selector said so last

  /**
   * Nothing is read before the first {@link #read}.
   *
   * @throws IOException if the connection is lost already
   */
  DirectSocket(SocketChannel socket, IoEventLoop loop, ContainerStream.Listener listener)
      throws IOException {
    this.socket = socket;
    this.listener = listener;
    Future<IoRegistration> registered = loop.register(this); // at once: this is the event loop
    if (!registered.isSuccess()) {
      throw new IOException("The connection is lost", registered.cause());
    }
    this.registration = registered.getNow();
  }

  /** As {@link ContainerStream#read} has it. */
  int read(ByteBuf into) throws IOException {
    if (isDrained) {
      return 0;
    }
    int room = into.writableBytes();
    int count = into.writeBytes(socket, room);
    isDrained = count < room;
    if (isDrained) {
      interest(interests.with(NioIoOps.READ));
    }
    return count;
  }

  /** As {@link ContainerStream#write} has it. */
  void write(ChannelOutboundBuffer from) throws IOException {
    if (interests.contains(NioIoOps.WRITE)) {
      return; // the socket is full
    }
    for (int i = 0; i < WRITES_PER_TURN; i++) {
      if (from.isEmpty()) {
        return;
      }
      if (!isWritten(from)) {
        break;
      }
    }
    interest(interests.with(NioIoOps.WRITE));
  }

  /** Returns whether the socket took all that it was given. */
  private boolean isWritten(ChannelOutboundBuffer from) throws IOException {
    ByteBuffer[] buffers = from.nioBuffers(MOST_BUFFERS, ContainerStream.LARGEST_WRITE);
    long size = from.nioBufferSize();
    int count = from.nioBufferCount();
    long written = count == 1 ? socket.write(buffers[0]) : socket.write(buffers, 0, count);
    from.removeBytes(written);
    return written == size;
  }

  private void interest(NioIoOps wanted) {
    if (!wanted.equals(interests)) {
      interests = wanted;
      registration.submit(wanted);
    }
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    NioIoOps ready = ((NioIoEvent) event).ops();
    if (ready.contains(NioIoOps.WRITE)) {
      interest(interests.without(NioIoOps.WRITE));
      listener.onWritable();
    }
    if (ready.contains(NioIoOps.READ)) {
      isDrained = false;
      listener.onReadable();
      if (!isDrained && registration.isValid()) {
        interest(interests.without(NioIoOps.READ)); // bytes are left on purpose
      }
    }
  }

  /** Leaves the event loop. The container closes the socket. */
  void leave() {
    registration.cancel();
  }

  /** The event loop ends. */
  @Override
  public void close() {
    listener.onClosed();
  }

  @Override
  public SelectableChannel selectableChannel() {
    return socket;
  }
}
