// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The event loops that all client sockets of a JVM share, one for each core. Their threads start
 * with the first socket that needs them, are daemons and stay.
 */
public final class ClientLoops {
  private static final boolean DAEMON = true;

  private static final EventLoopGroup SHARED =
      new MultiThreadIoEventLoopGroup(
          Runtime.getRuntime().availableProcessors(),
          new DefaultThreadFactory("socketcluster-client", DAEMON),
          NioIoHandler.newFactory());

  private ClientLoops() {}

  /** Returns the event loop of one more socket. */
  public static EventLoop next() {
    return SHARED.next();
  }
}
