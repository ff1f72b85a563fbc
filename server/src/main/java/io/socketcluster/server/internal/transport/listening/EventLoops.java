// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.listening;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.Transport;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What Netty needs for a transport. Immutable.
 *
 * @param io makes the part of an event loop that waits for the system
 * @param channel the kind of channel that listens
 * @param reusePort the option that lets others listen on the same port
 */
record EventLoops(
    IoHandlerFactory io, Class<? extends ServerChannel> channel, ChannelOption<Boolean> reusePort) {
  /**
   * An event loop looks for what to read after so long, though more tasks wait: an application may
   * close thousands of sockets. By default it would be a second.
   */
  private static final int TASKS_MILLIS = 2;

  /**
   * Returns what there is for a transport.
   *
   * @throws InvalidOptionsError when this machine does not have it
   */
  static EventLoops of(Transport transport) {
    Throwable reason = missing(transport);
    if (reason != null) {
      throw new InvalidOptionsError(
          "transport is "
              + transport
              + ", which this machine does not have ("
              + rootOf(reason)
              + "); allowed: "
              + available());
    }
    return switch (transport) {
      case AUTO -> of(Epoll.isAvailable() ? Transport.EPOLL : Transport.NIO);
      case IO_URING ->
          new EventLoops(
              IoUringIoHandler.newFactory(),
              IoUringServerSocketChannel.class,
              UnixChannelOption.SO_REUSEPORT);
      case EPOLL ->
          new EventLoops(
              EpollIoHandler.newFactory(),
              EpollServerSocketChannel.class,
              UnixChannelOption.SO_REUSEPORT);
      case NIO ->
          new EventLoops(
              NioIoHandler.newFactory(),
              NioServerSocketChannel.class,
              NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT));
    };
  }

  EventLoopGroup start(int count) {
    return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("socketcluster"), io) {
      @Override
      protected IoEventLoop newChild(Executor thread, IoHandlerFactory factory, Object... none) {
        return new SingleThreadIoEventLoop(
            this,
            thread,
            factory,
            Integer.MAX_VALUE,
            RejectedExecutionHandlers.reject(),
            TASKS_MILLIS);
      }
    };
  }

  private static List<Transport> available() {
    return Arrays.stream(Transport.values()).filter(each -> missing(each) == null).toList();
  }

  private static @Nullable Throwable missing(Transport transport) {
    return switch (transport) {
      case IO_URING -> IoUring.unavailabilityCause();
      case EPOLL -> Epoll.unavailabilityCause();
      case AUTO, NIO -> null;
    };
  }

  private static Throwable rootOf(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
