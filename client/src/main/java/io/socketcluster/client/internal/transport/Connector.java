// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.NoopAddressResolverGroup;
import io.socketcluster.protocol.CloseCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the name of a server on a virtual thread, as that blocks, and tries its addresses one
 * after the other. The rest is for the event loop.
 */
final class Connector {
  /** Of the answer to an upgrade: what refuses one may have a body. */
  private static final int MAX_ANSWER = 64 * 1024;

  /** Of the head of that answer: a server may set large cookies. */
  private static final int MAX_HEAD = 16 * 1024;

  private static final HttpDecoderConfig HEAD_LIMITS =
      new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEAD).setMaxHeaderSize(MAX_HEAD);

  /** An address from which nothing comes, not even a refusal, must not keep from the others. */
  private static final int MILLIS_BEFORE_THE_NEXT = 3000;

  private static final int UNTIL_THE_SOCKET_GIVES_UP = 0;

  private final EventLoop loop;
  private final Target target;
  private final WebSocketConnection connection;
  private @Nullable ProxyHandler proxy;
  private @Nullable SslContext tls;

  Connector(EventLoop loop, Target target, WebSocketConnection connection) {
    this.loop = loop;
    this.target = target;
    this.connection = connection;
  }

  void start() {
    Thread.ofVirtual().name("socketcluster-resolver").start(this::resolve);
  }

  private void resolve() {
    try {
      List<InetSocketAddress> addresses = new ArrayList<>();
      Target.ProxySource source = target.proxy();
      ProxyHandler handler = source == null ? null : source.create();
      if (handler == null) {
        for (InetAddress address : InetAddress.getAllByName(target.hostname())) {
          addresses.add(new InetSocketAddress(address, target.port()));
        }
      } else { // the proxy resolves it
        addresses.add(InetSocketAddress.createUnresolved(target.hostname(), target.port()));
      }
      SslContext context = target.secure() ? ClientTls.context(target) : null;
      loop.execute(
          () -> {
            proxy = handler;
            tls = context;
            tryNext(addresses.iterator(), null);
          });
    } catch (UnknownHostException | RuntimeException | LinkageError e) {
      loop.execute(() -> fail(e));
    }
  }

  private void tryNext(Iterator<InetSocketAddress> addresses, @Nullable Throwable failure) {
    if (connection.isAbandoned()) {
      return;
    }
    if (!addresses.hasNext()) {
      fail(failure == null ? new UnknownHostException(target.hostname()) : failure);
      return;
    }
    InetSocketAddress address = addresses.next();
    ChannelFuture attempt =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .resolver(NoopAddressResolverGroup.INSTANCE)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                addresses.hasNext() ? MILLIS_BEFORE_THE_NEXT : UNTIL_THE_SOCKET_GIVES_UP)
            .handler(new Initializer())
            .connect(address);
    connection.connected(attempt.channel());
    attempt.addListener(
        done -> {
          if (!done.isSuccess()) {
            tryNext(addresses, done.cause());
          }
        });
  }

  private void fail(Throwable cause) {
    connection.ended(CloseCode.HUNG_UP, null, cause);
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      ChannelPipeline pipeline = channel.pipeline();
      if (proxy != null) {
        pipeline.addLast(proxy);
      }
      if (tls != null) {
        pipeline.addLast(ClientTls.handler(tls, channel, target));
      }
      pipeline.addLast(new HttpClientCodec(HEAD_LIMITS, false, false));
      pipeline.addLast(new HttpObjectAggregator(MAX_ANSWER));
      pipeline.addLast(new HandshakeHandler(target, connection));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
      fail(cause instanceof IOException ? cause : new IOException(cause));
    }
  }
}
