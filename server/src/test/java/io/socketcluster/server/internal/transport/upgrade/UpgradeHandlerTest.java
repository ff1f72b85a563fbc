// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.upgrade;

import static io.socketcluster.server.internal.transport.upgrade.WebSocketFrameHandler.SHARE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.transport.EarlyFrames;
import io.socketcluster.server.internal.transport.RecordingAcceptor;
import io.socketcluster.testkit.RawClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeHandlerTest {
  private static final String PATH = "/socketcluster/";

  private final RecordingAcceptor acceptor =
      new RecordingAcceptor(
          AGServerOptions.builder().origins("example.com:*").maxPayload(1024).build());
  private final List<String> passedOn = new ArrayList<>();
  private EmbeddedChannel channel = pipeline(new HttpServerCodec());

  /** Stands for the application's own HTTP handler. */
  private final class Behind extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpRequest request) {
        passedOn.add(request.method() + " " + request.uri());
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      passedOn.add("inactive");
    }
  }

  private EmbeddedChannel pipeline(ChannelHandler... before) {
    EmbeddedChannel made = new EmbeddedChannel(before);
    made.pipeline().addLast(new UpgradeHandler(acceptor), new Behind());
    return made;
  }

  @AfterEach
  void nothingIsLeftBehind() {
    channel.finishAndReleaseAll();
  }

  private void receive(byte[]... parts) {
    channel.writeInbound(Unpooled.wrappedBuffer(parts));
    channel.runPendingTasks();
  }

  private void receive(String request) {
    receive(request.getBytes(ISO_8859_1));
  }

  private static String upgrade(String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Origin: http://example.com\r\n");
    return RawClient.upgradeRequest(PATH + "?a=1", all.toArray(String[]::new));
  }

  private String answer() {
    StringBuilder answer = new StringBuilder();
    ByteBuf part = channel.readOutbound();
    while (part != null) {
      answer.append(part.toString(UTF_8));
      part.release();
      part = channel.readOutbound();
    }
    return answer.toString();
  }

  private static byte[] text(String text) {
    return RawClient.frame(0x81, text.getBytes(UTF_8));
  }

  @Test
  void anUpgradeForThePathIsTaken() {
    receive(upgrade("X-Own: 1\r\nX-OWN: 2\r\n"));

    assertThat(answer())
        .startsWith("HTTP/1.1 101")
        .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(passedOn).isEmpty();
    assertThat(Objects.requireNonNull(acceptor.request))
        .satisfies(
            request -> {
              assertThat(request.uri()).isEqualTo(PATH + "?a=1");
              assertThat(request.headers()).containsEntry("x-own", List.of("1", "2"));
              assertThat(request.header("origin")).isEqualTo("http://example.com");
              assertThat(request.header("absent")).isNull();
            });
    receive(text("hello"));
    assertThat(acceptor.told).containsExactly("message hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET /socketcluster/ HTTP/1.1\r\n\r\n",
        "GET /socketcluster HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
        "GET /socketcluster/more HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
        "POST /socketcluster/ HTTP/1.1\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n",
        "GET /socketcluster/ HTTP/1.1\r\nUpgrade: h2c\r\n\r\n",
      })
  void everythingElsePasses(String request) {
    receive(request);
    receive(request);

    assertThat(passedOn).hasSize(2);
    assertThat(answer()).isEmpty();
    assertThat(acceptor.request).isNull();
  }

  @Test
  void aForeignOriginIsRefusedAndReported() {
    receive(RawClient.upgradeRequest(PATH, "Origin: http://evil.org\r\n"));

    assertThat(answer())
        .startsWith("HTTP/1.1 403")
        .contains("Failed to authorize socket handshake - Invalid origin: http://evil.org");
    assertThat(acceptor.told).containsExactly("bad origin http://evil.org");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aClosingServerTakesNoUpgrade() {
    acceptor.accepting = false;
    receive(upgrade());

    assertThat(answer()).startsWith("HTTP/1.1 503");
    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "8", "14", "none", ""})
  void anotherVersionOfWebSocketIsToldWhichIsSpoken(String version) {
    receive(upgrade().replace("Version: 13", "Version: " + version));

    assertThat(answer())
        .startsWith("HTTP/1.1 426")
        .containsIgnoringCase("sec-websocket-version: 13");
    assertThat(channel.isOpen()).isFalse();
    assertThat(acceptor.request).isNull();
  }

  @Test
  void aRequestWithoutAVersionIsToldWhichIsSpoken() {
    receive(upgrade().replace("Sec-WebSocket-Version: 13\r\n", ""));

    assertThat(answer()).startsWith("HTTP/1.1 426");
    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "Connection: Upgrade\r\n"})
  void anIncompleteRequestIsABadOne(String missing) {
    receive(upgrade().replace(missing, ""));

    assertThat(answer()).startsWith("HTTP/1.1 400");
    assertThat(channel.isOpen()).isFalse();
    assertThat(acceptor.request).isNull();
  }

  @Test
  void framesThatComeWithTheRequestAreNotLost() {
    receive(upgrade().getBytes(ISO_8859_1), text("one"), text("two"));
    receive(text("three"));

    assertThat(acceptor.told).containsExactly("message one", "message two", "message three");
  }

  @Test
  void theBeginningOfAFrameThatComesWithTheRequestIsNotLost() {
    byte[] frame = text("hello");
    receive(upgrade().getBytes(ISO_8859_1), Arrays.copyOfRange(frame, 0, 3));
    receive(Arrays.copyOfRange(frame, 3, frame.length));

    assertThat(acceptor.told).containsExactly("message hello");
  }

  @Test
  void framesThatComeBeforeTheDecisionAreNotLost() {
    acceptor.asking = true;
    byte[] frame = text("three");
    receive(upgrade().getBytes(ISO_8859_1), text("one"));
    receive(text("two"), Arrays.copyOfRange(frame, 0, 4));
    assertThat(answer()).isEmpty();

    Objects.requireNonNull(acceptor.decision).accept(null);
    receive(Arrays.copyOfRange(frame, 4, frame.length));

    assertThat(answer()).startsWith("HTTP/1.1 101");
    assertThat(acceptor.told).containsExactly("message one", "message two", "message three");
  }

  @Test
  void aRefusalIsAnsweredInTheSameWayByASeparateEncoder() {
    channel = pipeline(new HttpRequestDecoder(), new HttpResponseEncoder());
    acceptor.asking = true;
    receive(upgrade().getBytes(ISO_8859_1), text("one"));
    Objects.requireNonNull(acceptor.decision).accept(new IllegalStateException("No"));

    assertThat(answer()).startsWith("HTTP/1.1 401").endsWith("\r\n\r\nNo");
    assertThat(acceptor.told).containsExactly("abandoned");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aSeparateDecoderWaitsForADecisionToo() {
    channel = pipeline(new HttpRequestDecoder(), new HttpResponseEncoder());
    acceptor.asking = true;
    receive(upgrade().getBytes(ISO_8859_1), text("one"));
    Objects.requireNonNull(acceptor.decision).accept(null);
    channel.runPendingTasks();

    assertThat(acceptor.told).containsExactly("message one");
  }

  @Test
  void aSocketMayCloseAsSoonAsItIsMade() {
    acceptor.closing = true;
    receive(upgrade());

    assertThat(answer()).startsWith("HTTP/1.1 101").endsWith("closing");
  }

  @Test
  void tooMuchBeforeTheDecisionStopsTheReading() {
    acceptor.asking = true;
    receive(upgrade());
    receive(new byte[EarlyFrames.LIMIT]);
    assertThat(channel.config().isAutoRead()).isTrue();
    receive(new byte[1]);
    assertThat(channel.config().isAutoRead()).isFalse();

    Objects.requireNonNull(acceptor.decision).accept(new IllegalStateException("No"));
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void aConnectionThatIsLostBeforeTheDecisionIsAbandoned() {
    acceptor.asking = true;
    receive(upgrade());
    channel.close();
    channel.runPendingTasks();
    Objects.requireNonNull(acceptor.decision).accept(null);

    assertThat(acceptor.told).containsExactly("abandoned");
    assertThat(acceptor.request).isNull();
  }

  @Test
  void aSeparateDecoderAndEncoderWillDo() {
    channel = pipeline(new HttpRequestDecoder(), new HttpResponseEncoder());

    receive(upgrade().getBytes(ISO_8859_1), text("one"));
    Objects.requireNonNull(acceptor.connection).send("answer".getBytes(UTF_8));
    channel.runPendingTasks();

    assertThat(acceptor.told).containsExactly("message one");
    assertThat(answer()).startsWith("HTTP/1.1 101").endsWith("answer");
  }

  @Test
  void anAggregatorBeforeItWillDo() {
    channel = pipeline(new HttpServerCodec(), new HttpObjectAggregator(1024));

    receive(upgrade().getBytes(ISO_8859_1), text("one"));
    receive(text("two"));

    assertThat(acceptor.told).containsExactly("message one", "message two");
    assertThat(channel.pipeline().get(HttpObjectAggregator.class)).isNull();
  }

  @Test
  void aWholeRequestIsReleased() {
    channel = pipeline(new HttpServerCodec());
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, PATH, Unpooled.buffer().writeByte(1));
    request.headers().set("upgrade", "websocket").set("origin", "http://evil.org");
    channel.pipeline().context(HttpServerCodec.class).fireChannelRead(request);

    assertThat(request.refCnt()).isZero();
    assertThat(answer()).startsWith("HTTP/1.1 403");
  }

  @Test
  void controlFramesAndFragmentsAreUnderstood() {
    receive(upgrade());
    answer();
    receive(
        RawClient.frame(0x01, "he".getBytes(UTF_8)),
        RawClient.frame(0x89, "ping".getBytes(UTF_8)),
        RawClient.frame(0x80, "llo".getBytes(UTF_8)),
        RawClient.frame(0x8A, new byte[0]),
        RawClient.frame(0x82, "binary".getBytes(UTF_8)));

    assertThat(acceptor.told).containsExactly("heard", "message hello", "heard", "message binary");
    assertThat(answer()).endsWith("ping");
  }

  @Test
  void aCloseFrameIsAnsweredAndTold() {
    receive(upgrade());
    answer();
    receive(RawClient.frame(0x88, new byte[] {0x0F, (byte) 0xA1, 'b', 'y', 'e'}));

    assertThat(acceptor.told.getFirst()).isEqualTo("close 4001 bye");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aMessageOverMaxPayloadClosesWith1009WholeOrInFragments() {
    receive(upgrade());
    receive(RawClient.frame(0x81, new byte[1025]));
    assertThat(acceptor.told.getFirst()).startsWith("close 1009");

    channel.finishAndReleaseAll();
    acceptor.told.clear();
    channel = pipeline(new HttpServerCodec());
    receive(upgrade());
    receive(RawClient.frame(0x01, new byte[1000]), RawClient.frame(0x80, new byte[1000]));
    assertThat(acceptor.told.getFirst()).startsWith("close 1009");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c180", "9101", "8900", "830100", "8801"})
  void brokenFramesCloseWith1002(String hex) {
    receive(upgrade());
    byte[] broken = ByteBufUtil.decodeHexDump(hex);
    byte[] padded = Arrays.copyOf(broken, 20);
    receive(padded);

    assertThat(acceptor.told.getFirst()).startsWith("close 1002");
  }

  @Test
  void whoeverStandsBehindLearnsThatTheChannelIsGone() {
    receive(upgrade());
    channel.close();
    channel.runPendingTasks();

    assertThat(acceptor.told).containsExactly("close 1006 ");
    assertThat(passedOn).containsExactly("inactive");
  }

  /** Bytes come, and no task of the event loop has had its turn yet. */
  private static void arrive(EmbeddedChannel at, ByteBuf bytes) {
    at.pipeline().fireChannelRead(bytes);
  }

  private static byte[] pings(int count) {
    byte[][] all = new byte[count][];
    Arrays.fill(all, RawClient.frame(0x89, new byte[0]));
    return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(all));
  }

  @Test
  void framesBeyondTheShareOfATurnWaitUntilTheLoopHasTime() {
    receive(upgrade());
    acceptor.costOfPing = 100_000;
    arrive(channel, Unpooled.wrappedBuffer(pings(200), text("behind")));
    assertThat(acceptor.told).as("its share, and what a loop lends at once").hasSize(2 * SHARE);
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(Objects.requireNonNull(acceptor.connection).heldBytes()).isPositive();

    channel.runPendingTasks();
    assertThat(acceptor.told).hasSize(201).endsWith("message behind");
    assertThat(acceptor.turnsOfReader).as("a read, and six shares that were lent").isEqualTo(7);
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(acceptor.connection.heldBytes()).isZero();
  }

  @Test
  void whatCameBeforeTheEndIsReadBeforeTheSocketIsClosed() {
    receive(upgrade());
    acceptor.costOfPing = 100_000;
    arrive(channel, Unpooled.wrappedBuffer(pings(100), text("behind")));
    channel.close();
    channel.runPendingTasks();

    assertThat(acceptor.told).hasSize(102).endsWith("message behind", "close 1006 ");
    channel.releaseOutbound(); // pongs that nobody reads any more
    channel = pipeline(new HttpServerCodec());
  }

  @Test
  void aSocketThatIsClosedReadsNothingOfWhatWaits() {
    receive(upgrade());
    acceptor.costOfPing = 100_000;
    arrive(channel, Unpooled.wrappedBuffer(pings(200), text("behind")));
    Objects.requireNonNull(acceptor.connection).close(4000, "over");
    channel.runPendingTasks();

    assertThat(acceptor.told).hasSize(2 * SHARE).containsOnly("heard");
  }

  @Test
  void upgradesBeyondTheSliceOfATurnWaitForTheNextOne() {
    EmbeddedChannel second = pipeline(new HttpServerCodec());
    acceptor.turns(second.eventLoop()).newcomers().submit(() -> acceptor.now += 600_000);
    arrive(second, Unpooled.wrappedBuffer(upgrade().getBytes(ISO_8859_1), text("early")));
    assertThat(second.<ByteBuf>readOutbound()).isNull();
    assertThat(acceptor.told).isEmpty();

    second.runPendingTasks();
    assertThat(acceptor.told).containsExactly("message early");
    second.finishAndReleaseAll();
  }
}
