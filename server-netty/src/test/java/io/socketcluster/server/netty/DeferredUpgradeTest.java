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
import io.netty.handler.codec.http.HttpHeaders;
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
        ctx.executor().execute(() -> decide(ctx, request)); // all that came with it has been read
      }
    }

    private static void decide(ChannelHandlerContext ctx, HttpRequest request) {
      byte[] text = ("Upgraded: " + isUpgraded(ctx, request.headers())).getBytes(UTF_8);
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN, Unpooled.wrappedBuffer(text));
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length);
      ctx.writeAndFlush(response).addListener(done -> ctx.close());
    }

    private static boolean isUpgraded(ChannelHandlerContext ctx, HttpHeaders headers) {
      String name = headers.get("name");
      DeferredUpgrade upgrade = DeferredUpgrade.of(ctx.channel());
      HttpHeaders decided = headers.contains("copied") ? headers.copy() : headers;
      return name != null && upgrade != null && upgrade.proceed(decided, () -> name);
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

  @Test
  void aRequestBehindAnUndecidedUpgradeLosesTheConnection() {
    String ada = RawClient.upgradeRequest("/socketcluster/", "name: ada\r\n");
    String stranger = RawClient.upgradeRequest("/socketcluster/");
    assertThat(answersTo(ada + stranger)).isEmpty();
    assertThat(answersTo(ada + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEmpty();
    assertThat(server.pendingClientsCount()).isZero();
  }

  @Test
  void anUpgradeBehindARequestWithoutAnAnswerLosesTheConnection() {
    String first = RawClient.upgradeRequest("/elsewhere/", "name: ada\r\n");
    assertThat(answersTo(first + RawClient.upgradeRequest("/socketcluster/"))).isEmpty();
    assertThat(server.pendingClientsCount()).isZero();
  }

  @Test
  void aDecisionAboutAnotherRequestUpgradesNothing() {
    String headers = "name: ada\r\ncopied: yes\r\n";
    assertThat(answersTo(RawClient.upgradeRequest("/socketcluster/", headers)))
        .endsWith("Upgraded: false");
  }

  /** Returns all that comes for what is written at once, until the server closes. */
  private String answersTo(String requests) {
    try (RawClient client = RawClient.tcp(port)) {
      client.write(requests.getBytes(ISO_8859_1));
      return client.readAll();
    }
  }

  @Test
  void theServerClosesWhatTheApplicationMayNotCloseAnyMore() {
    String complete = RawClient.upgradeRequest("/socketcluster/", "name: ada\r\n");
    assertThat(answersTo(complete.replace("Version: 13", "Version: 12")))
        .startsWith("HTTP/1.1 426");
    assertThat(answersTo(complete.replace("Key: ", "Key: x"))).startsWith("HTTP/1.1 400");
  }

  @Test
  void theServerClosesTheConnectionOfASocket() {
    try (RawClient ada = RawClient.tcp(port)) {
      ada.upgrade("/socketcluster/", "name: ada\r\n");
      ada.handshake(null);
      Objects.requireNonNull(server.clients().get(ada.id())).terminate();
      assertThat(ada.awaitClose().reason()).contains("EOFException");
    }
  }
}
