// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.TestServer;
import io.socketcluster.testkit.RawClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transport of another module on the port of a server. */
class HttpTransportsTest {
  private static final int MOST = 100;

  private final Transport transport = new Transport();
  private final TestServer test = start(options -> options);

  private TestServer start(UnaryOperator<AGServerOptions.Builder> more) {
    return TestServer.start(
        options ->
            more.apply(
                options
                    .origins("good.example:*")
                    .httpHandler(request -> HttpAnswer.text(200, "app " + request.path()))),
        server -> HttpTransports.mount(server, transport));
  }

  /** Claims a path and answers by its last segment. */
  private static final class Transport implements HttpTransport {
    final Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();
    final Queue<String> gone = new ConcurrentLinkedQueue<>();

    @Override
    public boolean claims(String path) {
      return path.startsWith("/door/");
    }

    @Override
    public int maxRequestBody() {
      return MOST;
    }

    @Override
    public void onRequest(HttpExchange exchange) {
      String uri = exchange.request().uri();
      switch (uri.substring("/door/".length())) {
        case "held" -> {
          exchange.whenGone(() -> gone.add(uri));
          held.add(exchange);
        }
        case "fails" -> throw new IllegalArgumentException("on purpose");
        case "stream" -> stream(exchange.stream(HttpAnswer.text(200, "first ")));
        default ->
            exchange.answer(
                HttpAnswer.text(
                    200,
                    exchange.method()
                        + " "
                        + uri
                        + " "
                        + new String(exchange.body(), ISO_8859_1)
                        + exchange.isOriginAllowed()));
      }
    }

    private static void stream(HttpStream stream) {
      stream.write(
          bytes("second"),
          left -> {
            stream.write(bytes(left ? " third" : " lost"), more -> {});
            stream.end();
          });
    }

    @Override
    public boolean onUpgrade(HttpUpgrade upgrade) {
      String protocol = String.valueOf(upgrade.request().header("upgrade"));
      switch (protocol) {
        case "echo" -> upgrade.takeOver(bytes("HTTP/1.1 101 Go\r\n\r\n"), new Echo());
        case "bad" -> upgrade.refuse(HttpAnswer.text(400, "no"));
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }

  /** Sends back what comes, up to a full stop. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof ByteBuf bytes) {
        boolean isLast = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '.') >= 0;
        ChannelFuture sent = ctx.writeAndFlush(bytes);
        if (isLast) {
          sent.addListener(ChannelFutureListener.CLOSE);
        }
      } else {
        ReferenceCountUtil.release(message);
      }
    }
  }

  @AfterEach
  void close() {
    test.close();
  }

  private RawClient send(String... requests) {
    RawClient client = test.tcp();
    client.write(String.join("", requests).getBytes(ISO_8859_1));
    return client;
  }

  private static String get(String path, String... headers) {
    return head("GET", path, headers) + "\r\n";
  }

  private static String head(String method, String path, String... headers) {
    String lines = method + " " + path + " HTTP/1.1\r\nHost: a\r\n";
    return headers.length == 0 ? lines : lines + String.join("\r\n", headers) + "\r\n";
  }

  @Test
  void itServesItsPathAndTheApplicationTheOthers() {
    String last = "Connection: close";
    assertThat(send(get("/door/x", last)).readAll()).endsWith("\r\n\r\nGET /door/x true");
    assertThat(send(get("/doors/", last)).readAll()).endsWith("\r\n\r\napp /doors/");
    assertThat(send(get("/door/x", "Origin: http://bad.example", last)).readAll())
        .endsWith("\r\n\r\nGET /door/x false");
  }

  @Test
  void aConnectionServesBothInTheOrderOfItsRequests() {
    String answers =
        send(
                get("/door/1"),
                get("/app"),
                head("POST", "/door/2", "Content-Length: 4") + "\r\nbody",
                get("/door/3", "Connection: close"))
            .readAll();
    assertThat(answers.replaceAll("(?s)HTTP/1.1 200.*?\r\n\r\n", "|"))
        .isEqualTo("|GET /door/1 true|app /app|POST /door/2 bodytrue|GET /door/3 true");
  }

  @Test
  void anAnswerMayComeLaterAndFromAnotherThread() {
    RawClient client = send(get("/door/held"), get("/door/next", "Connection: close"));
    await().until(() -> !transport.held.isEmpty());
    transport.held.remove().answer(HttpAnswer.text(200, "later"));
    assertThat(client.readAll()).contains("\r\n\r\nlaterHTTP/1.1").endsWith("GET /door/next true");
  }

  @Test
  void itLearnsThatAClientHangsUp() {
    RawClient client = send(get("/door/held"));
    await().until(() -> !transport.held.isEmpty());
    client.close();
    await().untilAsserted(() -> assertThat(transport.gone).containsExactly("/door/held"));
    transport.held.remove().answer(HttpAnswer.text(200, "too late"));
  }

  @Test
  void anAnswerIsSentInParts() {
    String answer = send(get("/door/stream", "Connection: close")).readAll();
    assertThat(answer)
        .contains("transfer-encoding: chunked\r\n")
        .endsWith("\r\n\r\n6\r\nfirst \r\n6\r\nsecond\r\n6\r\n third\r\n0\r\n\r\n");
  }

  @Test
  void anAnswerInPartsEndsWithTheConnectionInHttpOneZero() {
    String answer = send("GET /door/stream HTTP/1.0\r\n\r\n").readAll();
    assertThat(answer).contains("connection: close").endsWith("\r\n\r\nfirst second third");
  }

  @Test
  void aBodyHasTheLimitOfTheTransport() {
    String length = "Content-Length: " + (MOST + 1);
    assertThat(send(head("POST", "/door/x", length), "\r\n").readAll()).startsWith("HTTP/1.1 413 ");
    String chunk = "65\r\n" + "x".repeat(MOST + 1) + "\r\n0\r\n\r\n";
    String chunked = head("POST", "/door/x", "Transfer-Encoding: chunked") + "\r\n" + chunk;
    assertThat(send(chunked).readAll()).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void aFailureOfTheTransportIsAnswered() {
    assertThat(send(get("/door/fails", "Connection: close")).readAll()).startsWith("HTTP/1.1 500 ");
  }

  @Test
  void anUpgradeIsTakenOverWithWhatFollowsIt() {
    String[] echo = {"Connection: Upgrade", "Upgrade: echo"};
    RawClient client = send(get("/door/x", echo), "early ");
    assertThat(client.readHead()).startsWith("HTTP/1.1 101 Go");
    client.write("late.".getBytes(ISO_8859_1));
    assertThat(client.readAll()).isEqualTo("early late.");
  }

  @Test
  void anUpgradeIsRefusedOrServedAsARequest() {
    assertThat(send(get("/door/x", "Connection: Upgrade", "Upgrade: bad")).readAll())
        .startsWith("HTTP/1.1 400 ")
        .endsWith("no");
    assertThat(send(get("/door/x", "Connection: Upgrade, close", "Upgrade: h2c")).readAll())
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theEndpointsOfTheServerStay() {
    RawClient client = test.open();
    assertThat(client.call("#subscribe", Map.of("channel", "a"))).isNotNull();
  }
}
