// SPDX-License-Identifier: MIT
package io.socketcluster.server.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server behind an application that decides about each request first. */
class DeferredUpgradeTest {
  private final AGServer server =
      SocketCluster.create(AGServerOptions.builder().eventLoops(1).build());
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private int port;

  /** Lets everybody pass who says a name, answers all, and closes the connection then. */
  private static final class Application extends SimpleChannelInboundHandler<HttpObject> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
      if (message instanceof HttpRequest request) {
        String name = request.headers().get("name");
        boolean isUpgraded =
            name != null
                && Objects.requireNonNull(DeferredUpgrade.of(ctx.channel())).proceed(() -> name);
        byte[] text = ("Upgraded: " + isUpgraded).getBytes(UTF_8);
        DefaultFullHttpResponse response =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN, Unpooled.wrappedBuffer(text));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length);
        ctx.writeAndFlush(response).addListener(done -> ctx.close());
      }
    }
  }

  @BeforeEach
  void listen() throws InterruptedException {
    Channel bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(), new DeferredUpgrade(server), new Application());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    port = ((InetSocketAddress) bound.localAddress()).getPort();
  }

  @AfterEach
  void close() {
    server.close().orTimeout(60, TimeUnit.SECONDS).join();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void theServerTakesTheUpgradeWithTheUserOfTheApplication() {
    try (RawClient ada = RawClient.tcp(port)) {
      ada.upgrade("/socketcluster/", "name: ada\r\n");
      ada.handshake(null);
      AGServerSocket socket = Objects.requireNonNull(server.clients().get(ada.id()));
      Principal principal = Objects.requireNonNull(socket.request().principal());
      assertThat(principal.getName()).isEqualTo("ada");
      assertThat(ada.waiting()).as("what the application has answered").isZero();
    }
  }

  @Test
  void theApplicationRefusesAnUpgrade() {
    try (RawClient nobody = RawClient.tcp(port)) {
      nobody.write(RawClient.upgradeRequest("/socketcluster/").getBytes(ISO_8859_1));
      assertThat(nobody.readAll()).startsWith("HTTP/1.1 403").endsWith("Upgraded: false");
    }
  }

  @Test
  void theApplicationAnswersWhatIsNoUpgradeOfTheServer() {
    try (RawClient other = RawClient.tcp(port)) {
      other.write(RawClient.upgradeRequest("/elsewhere/", "name: ada\r\n").getBytes(ISO_8859_1));
      assertThat(other.readAll()).startsWith("HTTP/1.1 403").endsWith("Upgraded: false");
    }
  }
}
