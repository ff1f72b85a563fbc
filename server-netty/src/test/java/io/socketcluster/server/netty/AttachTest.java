// SPDX-License-Identifier: MIT
package io.socketcluster.server.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.HttpTransport;
import io.socketcluster.server.spi.HttpTransports;
import io.socketcluster.server.spi.HttpUpgrade;
import io.socketcluster.testkit.RawClient;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers in the pipelines of an application that speaks HTTP itself. */
class AttachTest {
  private final AGServer one = server("/one/");
  private final AGServer other = server("/other/");
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final List<RawClient> clients = new ArrayList<>();
  private Channel bound = new EmbeddedChannel();

  private static AGServer server(String path) {
    return SocketCluster.create(
        AGServerOptions.builder().path(path).origins("*:*").eventLoops(1).build());
  }

  /** The application: it knows no page, and says so. */
  private static final class NoPages extends SimpleChannelInboundHandler<HttpObject> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
      if (message instanceof HttpRequest request) {
        byte[] text = ("No page " + request.uri() + "\r\n\r\n").getBytes(UTF_8);
        DefaultFullHttpResponse response =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND, Unpooled.wrappedBuffer(text));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length);
        boolean last = request.headers().contains(HttpHeaderNames.CONNECTION, "close", true);
        ctx.writeAndFlush(response)
            .addListener(
                last ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
      }
    }
  }

  @BeforeEach
  void listen() throws InterruptedException {
    bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new HttpServerCodec());
                    SocketClusterNetty.attach(one, channel.pipeline());
                    SocketClusterNetty.attach(other, channel.pipeline());
                    channel.pipeline().addLast(new NoPages());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  @AfterEach
  void close() {
    one.close().orTimeout(60, TimeUnit.SECONDS).join();
    other.close().orTimeout(60, TimeUnit.SECONDS).join();
    clients.forEach(RawClient::close);
    bound.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private int port() {
    return ((InetSocketAddress) bound.localAddress()).getPort();
  }

  private RawClient tcp() {
    RawClient client = RawClient.tcp(port());
    clients.add(client);
    return client;
  }

  private RawClient open(String path) {
    RawClient client = RawClient.upgraded(port(), path);
    clients.add(client);
    client.handshake(null);
    return client;
  }

  private String exchange(String request) {
    RawClient client = tcp();
    client.write(request.getBytes(ISO_8859_1));
    return client.readAll();
  }

  private static String get(String path, String moreHeaders) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + moreHeaders + "\r\n";
  }

  private static void assertWorks(RawClient client) {
    assertThat(client.call("#subscribe", Map.of("channel", "a")).has("error")).isFalse();
  }

  @Test
  void eachServerHasTheSocketsOfItsPath() {
    RawClient first = open("/one/");
    RawClient second = open("/other/?a=1");

    assertThat(one.clients()).containsOnlyKeys(first.id());
    assertThat(other.clients()).containsOnlyKeys(second.id());
    assertWorks(first);
    assertWorks(second);
  }

  @Test
  void publishesStayOnTheirServer() {
    RawClient first = open("/one/");
    RawClient second = open("/other/");
    assertWorks(first);
    assertWorks(second);

    other.exchange().transmitPublish("a", "for the second");

    assertThat(second.nextJson().path("data").path("data").asString()).isEqualTo("for the second");
    assertWorks(first);
    assertThat(first.waiting()).isZero();
  }

  @Test
  void theApplicationAnswersEverythingElse() {
    String answer =
        exchange(
            get("/a", "")
                + get("/one/", "")
                + get("/other", "Upgrade: websocket\r\n")
                + get("/z", "Connection: close\r\n"));

    assertThat(answer.split("HTTP/1.1 404 Not Found", -1)).hasSize(5);
    assertThat(answer).contains("No page /a", "No page /one/", "No page /other");
    assertThat(answer).endsWith("No page /z\r\n\r\n");
  }

  /** A transport of another module, which answers everything under its path. */
  private record Door() implements HttpTransport {
    @Override
    public boolean claims(String path) {
      return path.startsWith("/door/");
    }

    @Override
    public int maxRequestBody() {
      return 100;
    }

    @Override
    public void onRequest(HttpExchange exchange) {
      exchange.answer(HttpAnswer.text(200, "Door of " + exchange.request().uri()));
    }

    @Override
    public boolean onUpgrade(HttpUpgrade upgrade) {
      return false;
    }
  }

  @Test
  void aTransportMountedOnAServerIsServedBesideTheApplication() {
    HttpTransports.mount(other, new Door());
    String answer =
        exchange(get("/door/1", "") + get("/a", "") + get("/door/2", "Connection: close\r\n"));
    assertThat(answer).contains("Door of /door/1", "No page /a");
    assertThat(answer).endsWith("Door of /door/2");
  }

  @Test
  void aConnectionIsUpgradedAfterRequestsOfTheApplication() {
    RawClient client = tcp();
    client.write(get("/page", "").getBytes(ISO_8859_1));
    assertThat(client.readHead()).startsWith("HTTP/1.1 404 ");
    assertThat(client.readHead()).isEqualTo("No page /page\r\n\r\n");
    client.write(RawClient.upgradeRequest("/other/").getBytes(ISO_8859_1));
    client.readUpgradeAnswer();

    assertThat(client.handshake(null).path("id").asString()).isNotEmpty();
    assertThat(other.clientsCount()).isEqualTo(1);
  }

  @Test
  void theSocketHasThePipelineWithoutTheOtherServer() {
    RawClient client = open("/one/");
    client.send("x".repeat(1000));
    client.transmit("hello", Map.of());

    assertWorks(client);
    client.close();
    await().until(() -> one.clientsCount() == 0);
    assertThat(other.pendingClientsCount() + other.clientsCount()).isZero();
  }

  @Test
  void closingOneLeavesTheOther() {
    RawClient first = open("/one/");
    RawClient second = open("/other/");

    one.close().orTimeout(60, TimeUnit.SECONDS).join();

    assertThat(first.awaitClose().code()).isEqualTo(CloseCode.PING_TIMEOUT);
    assertWorks(second);
    assertWorks(open("/other/"));
    assertThat(other.clientsCount()).isEqualTo(2);
    assertThat(exchange(get("/a", "Connection: close\r\n"))).startsWith("HTTP/1.1 404 ");
    assertThat(exchange(RawClient.upgradeRequest("/one/"))).startsWith("HTTP/1.1 503 ");
    assertThat(bound.isOpen()).isTrue();
    assertThat(loops.isShuttingDown()).isFalse();
  }

  @Test
  void anAttachedServerHasNoPortOfItsOwnAndIsReadyWithItsFirstConnection() throws Exception {
    assertThat(one.isReady()).isFalse();

    open("/one/");

    assertThat(one.port()).isEqualTo(-1);
    assertThat(one.isReady()).isTrue();
  }

  @Test
  void theReadyEventReachesAConsumerThatIsCreatedAfterIt() throws Exception {
    open("/one/");

    assertThat(one.listener(AGServer.READY).once(Duration.ofSeconds(10))).isNotNull();
  }

  @Test
  void aServerOfAnotherMakeIsRefused() {
    AGServer strange =
        (AGServer)
            Proxy.newProxyInstance(
                AGServer.class.getClassLoader(),
                new Class<?>[] {AGServer.class},
                (proxy, method, arguments) -> null);

    assertThatThrownBy(() -> SocketClusterNetty.handler(strange))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageContaining("SocketCluster.create");
  }
}
