// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.listening;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.memory.CountedBytes;
import io.socketcluster.server.internal.transport.ConnectionAcceptor;
import io.socketcluster.server.internal.transport.FirstWords;
import io.socketcluster.server.internal.transport.mount.MountedSide;
import io.socketcluster.server.internal.transport.serving.FirstWordHandler;
import io.socketcluster.server.internal.transport.serving.HttpSide;
import io.socketcluster.server.internal.transport.serving.RequestBytes;
import io.socketcluster.server.internal.transport.serving.RequestDeadline;
import io.socketcluster.server.internal.transport.upgrade.UpgradeHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A listening port with event loops of its own. Thread-safe. */
public final class ListeningPort {
  private static final int BACKLOG = 4096;
  private static final int MOST_IN_ONE_READ = 16 * 1024;

  /** Each costs some ten microseconds of a turn, and its request comes in the next one. */
  private static final int ACCEPTED_IN_ONE_TURN = 8;

  /**
   * With none, a connection whose registration is the loop's last task would stay open for ever.
   */
  private static final int QUIET_MILLIS = 20;

  private static final int SHUTDOWN_SECONDS = 10;

  private final Channel port;
  private final EventLoopGroup loops;
  private final AtomicBoolean ending;

  private ListeningPort(Channel port, EventLoopGroup loops, AtomicBoolean ending) {
    this.port = port;
    this.loops = loops;
    this.ending = ending;
  }

  /**
   * Binds a port and returns when connections are accepted.
   *
   * @throws HTTPServerError when the port cannot be bound
   * @throws InvalidOptionsError when the machine does not have the transport
   */
  public static ListeningPort bind(int port, ConnectionAcceptor acceptor) {
    AGServerOptions options = acceptor.options();
    EventLoops transport = EventLoops.of(options.transport());
    EventLoopGroup loops = transport.start(options.eventLoops());
    AtomicBoolean ending = new AtomicBoolean();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.channel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(ACCEPTED_IN_ONE_TURN))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, oneRead())
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (ending.get()) {
                      channel.close(); // accepted while the loops end: nobody else would
                    } else {
                      initialize(channel, acceptor);
                    }
                  }
                });
    if (options.reusePort()) {
      bootstrap.option(transport.reusePort(), true);
    }
    try {
      Channel bound = bootstrap.bind(address(options.host(), port)).syncUninterruptibly().channel();
      watch(loops, ending, acceptor);
      bound.pipeline().addLast(new AcceptFailures());
      return new ListeningPort(bound, loops, ending);
    } catch (Exception e) { // Netty throws the checked cause as it is
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw cannotListen(options.host(), port, e);
    }
  }

  private static HTTPServerError cannotListen(@Nullable String host, int port, Exception cause) {
    String place = "port " + port + (host == null ? "" : " of " + host);
    String message = cause.getMessage();
    return new HTTPServerError(
        "Cannot listen on " + place + ": " + (message == null ? cause : message), cause);
  }

  /** An Error that escapes, such as an OutOfMemoryError, ends an event loop for good. */
  private static void watch(
      EventLoopGroup loops, AtomicBoolean ending, ConnectionAcceptor acceptor) {
    for (EventExecutor loop : loops) {
      loop.terminationFuture()
          .addListener(
              ended -> {
                if (!ending.get()) {
                  acceptor.onLoopLost();
                }
              });
    }
  }

  /** Whoever sends without end is read once in a turn of the loop, then come the others. */
  private static RecvByteBufAllocator oneRead() {
    return new AdaptiveRecvByteBufAllocator(64, 2048, MOST_IN_ONE_READ).maxMessagesPerRead(1);
  }

  private static void initialize(Channel channel, ConnectionAcceptor acceptor) {
    AGServerOptions options = acceptor.options();
    if (options.proxyProtocol()) {
      ProxyHeader.expect(channel, acceptor.proxies());
    }
    acceptor.tls().secure(channel, options.handshakeTimeout());
    ChannelPipeline pipeline = channel.pipeline();
    CountedBytes request =
        new CountedBytes(
            acceptor.memory(channel.eventLoop()),
            (bound, heldBytes) -> {
              acceptor.onMemoryLimit(channel, bound, heldBytes);
              channel.close();
            });
    RequestDeadline deadline =
        new RequestDeadline(options.handshakeTimeout(), options.keepAliveTimeout());
    List<FirstWords.Word> words = acceptor.routes().mounts().firstWords().all();
    if (!words.isEmpty()) {
      pipeline.addLast(new FirstWordHandler(words));
    }
    pipeline.addLast(
        new RequestBytes(request),
        new HttpServerCodec(headsUpTo(options.maxHeaderSize())),
        deadline,
        new MountedSide(acceptor),
        new UpgradeHandler(acceptor),
        new HttpSide(acceptor, deadline, request));
  }

  private static HttpDecoderConfig headsUpTo(int maxHeaderSize) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(maxHeaderSize)
        .setMaxHeaderSize(maxHeaderSize);
  }

  private static InetSocketAddress address(@Nullable String host, int port) {
    return host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  /** Returns the port that is bound. */
  public int port() {
    return ((InetSocketAddress) port.localAddress()).getPort();
  }

  /** Takes no more connections. */
  public CompletableFuture<Void> stopListening() {
    return asCompletable(port.close());
  }

  /** Ends the event loops. */
  public CompletableFuture<Void> shutDown() {
    ending.set(true);
    return asCompletable(
        loops.shutdownGracefully(
            QUIET_MILLIS, TimeUnit.SECONDS.toMillis(SHUTDOWN_SECONDS), TimeUnit.MILLISECONDS));
  }

  private static CompletableFuture<Void> asCompletable(Future<?> future) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    future.addListener(
        done -> {
          if (done.isSuccess()) {
            result.complete(null);
          } else {
            result.completeExceptionally(done.cause());
          }
        });
    return result;
  }
}
