// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.testkit.Deflated;
import io.socketcluster.testkit.FreshCertificate;
import io.socketcluster.testkit.RawClient;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is compressed on the wire, and what a client must not send. */
@Timeout(120)
class PerMessageDeflateTest {
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
  private static final String LONG = "many words, all of them alike; ".repeat(100);
  private static final int MAX_PAYLOAD = 64 * 1024;
  private static final int TEXT = 1;
  private static final int PING = 9;
  private static final int FINAL = 0x80;
  private static final int RSV1 = 0x40;
  private static final int RSV2 = 0x20;

  private TestServer test = start(options -> options.perMessageDeflate(true));

  private static TestServer start(UnaryOperator<AGServerOptions.Builder> more) {
    return TestServer.start(
        options -> more.apply(options.maxPayload(MAX_PAYLOAD)),
        server ->
            server.onConnection(
                socket ->
                    socket.procedure("echo").consume(request -> request.end(request.data()))));
  }

  private void restart(UnaryOperator<AGServerOptions.Builder> more) {
    test.close();
    test = start(more);
  }

  @AfterEach
  void stop() {
    test.close();
  }

  private RawClient compressing() {
    RawClient client = test.tcp();
    assertThat(client.upgrade("/socketcluster/", OFFER))
        .contains("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
    client.handshake(null);
    return client;
  }

  private static void echoes(RawClient client, String text) {
    assertThat(client.call("echo", text).path("data").asString()).isEqualTo(text);
  }

  private static String call(String data) {
    return "{\"event\":\"echo\",\"data\":\"" + data + "\",\"cid\":77}";
  }

  // Who compresses.

  @Test
  void withoutTheOptionAnOfferIsIgnored() {
    restart(options -> options);
    RawClient client = test.tcp();

    assertThat(client.upgrade("/socketcluster/", OFFER)).doesNotContainIgnoringCase("extensions");
    client.handshake(null);
    echoes(client, LONG);
    assertThat(client.compressed()).isZero();
    client.sendFrame(RSV1 | TEXT, Deflated.text(call("compressed")));
    assertThat(client.awaitClose().code()).isEqualTo(1002);
  }

  @Test
  void aClientThatDoesNotOfferIsSentNothingCompressed() {
    RawClient client = test.open();

    echoes(client, LONG);
    assertThat(client.compressed()).isZero();
    client.sendFrame(RSV1 | TEXT, Deflated.text(call("compressed")));
    assertThat(client.awaitClose().code()).isEqualTo(1002);
  }

  @Test
  void anOfferThatIsIllegalIsIgnored() {
    RawClient client = test.tcp();

    assertThat(
            client.upgrade(
                "/socketcluster/", "Sec-WebSocket-Extensions: permessage-deflate; unknown\r\n"))
        .doesNotContainIgnoringCase("extensions");
    client.handshake(null);
    echoes(client, LONG);
    assertThat(client.compressed()).isZero();
  }

  @Test
  void largeMessagesAreCompressedAndSmallOnesAreNot() {
    RawClient client = compressing();

    echoes(client, "short");
    assertThat(client.compressed()).isZero();
    echoes(client, LONG);
    assertThat(client.compressed()).isEqualTo(1);
    test.socketOf(client).send(LONG);
    assertThat(client.next()).isEqualTo(LONG);
    assertThat(client.compressed()).isEqualTo(2);
  }

  @Test
  void theThresholdCountsTheBytesOfTheMessage() {
    restart(options -> options.perMessageDeflate(PerMessageDeflate.DEFAULT.withThreshold(200)));
    RawClient client = compressing();
    AGServerSocket socket = test.socketOf(client);

    socket.send("x".repeat(199));
    client.next();
    assertThat(client.compressed()).isZero();
    socket.send("x".repeat(200));
    client.next();
    assertThat(client.compressed()).isEqualTo(1);
  }

  @Test
  void whatWouldNotBecomeSmallerIsSentAsItIs() {
    restart(options -> options.perMessageDeflate(PerMessageDeflate.DEFAULT.withThreshold(0)));
    RawClient client = compressing();
    int before = client.compressed(); // the answer to the handshake

    test.socketOf(client).send("abcdefghij");
    assertThat(client.next()).isEqualTo("abcdefghij");
    assertThat(client.compressed()).isEqualTo(before);
  }

  @Test
  void subscribersWhoCompressAndOthersReceiveTheSamePublishes() {
    RawClient compressing = compressing();
    RawClient another = compressing();
    RawClient plain = test.open();
    for (RawClient each : new RawClient[] {compressing, another, plain}) {
      each.call("#subscribe", Map.of("channel", "room"));
    }

    for (int i = 0; i < 50; i++) {
      test.server().exchange().transmitPublish("room", i % 2 == 0 ? i + LONG : "short " + i);
    }

    for (int i = 0; i < 50; i++) {
      String expected = plain.next();
      assertThat(compressing.next()).isEqualTo(expected);
      assertThat(another.next()).isEqualTo(expected);
      assertThat(expected).contains(i % 2 == 0 ? i + LONG : "short " + i);
    }
    assertThat(compressing.compressed()).isEqualTo(25);
    assertThat(another.compressed()).isEqualTo(25);
    assertThat(plain.compressed()).isZero();
  }

  @Test
  void aBatchIsCompressedAsOneMessage() {
    RawClient client = compressing();
    client.call("#subscribe", Map.of("channel", "room"));
    AGServerSocket socket = test.socketOf(client);

    socket.startBatch();
    for (int i = 0; i < 40; i++) {
      socket.transmit("news", "short, but there are many of them");
    }
    test.server().exchange().invokePublish("room", LONG).join();
    socket.flushBatch();

    assertThat(client.nextJson()).hasSize(41);
    assertThat(client.compressed()).isEqualTo(1);
  }

  @Test
  void whatWasSentBeforeACloseArrivesCompressedAndTheCloseFrameDoesNot() {
    RawClient client = compressing();
    AGServerSocket socket = test.socketOf(client);

    for (int i = 0; i < 100; i++) {
      socket.send(i + LONG);
    }
    socket.disconnect(4321, "enough");

    for (int i = 0; i < 100; i++) {
      assertThat(client.next()).isEqualTo(i + LONG);
    }
    assertThat(client.awaitClose()).isEqualTo(new RawClient.Closed(4321, "enough"));
    assertThat(client.compressed()).isEqualTo(100);
  }

  @Test
  void itWorksOverTls(@TempDir Path directory) throws Exception {
    TlsOptions tls =
        FreshCertificate.in(directory)
            .writeTo(directory.resolve("chain.pem"), directory.resolve("key.pem"), TlsOptions::of);
    restart(options -> options.tls(tls).perMessageDeflate(true));
    SSLContext trustful = SSLContext.getInstance("TLS");
    trustful.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);

    try (RawClient client =
        RawClient.over(
            trustful
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), test.port()))) {
      assertThat(client.upgrade("/socketcluster/", OFFER)).contains("permessage-deflate");
      client.handshake(null);
      echoes(client, LONG);
      assertThat(client.compressed()).isEqualTo(1);
    }
  }

  // What clients send.

  @Test
  void aCompressedMessageIsReadLikeAnyOther() {
    RawClient client = compressing();

    client.sendFrame(RSV1 | TEXT, Deflated.text(call(LONG)));
    assertThat(client.nextJson().path("data").asString()).isEqualTo(LONG);
    client.sendFrame(RSV1 | TEXT, Deflated.withFinalBlock(call("final")));
    assertThat(client.nextJson().path("data").asString()).isEqualTo("final");
    assertThat(test.socketOf(client).getBytesReceived())
        .as("counted as they are after inflating")
        .isGreaterThan(LONG.length());
  }

  @Test
  void whatComesTogetherWithTheUpgradeIsInflatedToo() {
    RawClient client = test.tcp();
    byte[] request = RawClient.upgradeRequest("/socketcluster/", OFFER).getBytes(UTF_8);
    byte[] frame =
        RawClient.frame(
            FINAL | RSV1 | TEXT, Deflated.text("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}"));
    byte[] both = Arrays.copyOf(request, request.length + frame.length);
    System.arraycopy(frame, 0, both, request.length, frame.length);

    client.write(both);
    client.readUpgradeAnswer();
    assertThat(client.nextJson().path("rid").asInt()).isEqualTo(1);
  }

  @Test
  void anEmptyMessageIsAPongWhetherCompressedOrNot() {
    RawClient client = compressing();

    client.sendFrame(RSV1 | TEXT, Deflated.text(""));
    client.sendFrame(RSV1 | TEXT, new byte[] {0});
    client.sendFrame(RSV1 | TEXT, new byte[0]);
    client.send("");
    echoes(client, "still here");
  }

  @Test
  void pongsThatAreCompressedKeepAConnectionAlive() throws Exception {
    restart(
        options ->
            options
                .perMessageDeflate(PerMessageDeflate.DEFAULT.withThreshold(0))
                .pingInterval(Duration.ofMillis(60))
                .pingTimeout(Duration.ofSeconds(2)));
    RawClient client = compressing();
    client.stopAnsweringPings();

    for (int answered = 0; answered < 40; answered++) {
      int seen = client.pings();
      await().pollInterval(Duration.ofMillis(2)).until(() -> client.pings() > seen);
      client.sendFrame(RSV1 | TEXT, new byte[] {0});
    }
    assertThat(client.isClosed()).isFalse();
    echoes(client, "still here");
  }

  @Test
  void fragmentsOfACompressedMessageAreJoinedWithPingsBetweenThem() {
    RawClient client = compressing();
    client.stopAnsweringPings(); // an answer would be a message between the fragments
    byte[] content = Deflated.text(call(LONG));
    int third = content.length / 3;

    client.write(RawClient.frame(RSV1 | TEXT, Arrays.copyOfRange(content, 0, third)));
    client.sendFrame(PING, new byte[0]);
    client.write(RawClient.frame(0, Arrays.copyOfRange(content, third, 2 * third)));
    client.write(RawClient.frame(0, new byte[0]));
    client.sendFrame(0, Arrays.copyOfRange(content, 2 * third, content.length));

    assertThat(client.nextJson().path("data").asString()).isEqualTo(LONG);
  }

  @Test
  void aMessageThatInflatesToMoreThanMaxPayloadCloses() {
    RawClient client = compressing();

    client.sendFrame(RSV1 | TEXT, Deflated.bytes(new byte[20_000_000]));
    assertThat(client.awaitClose().code()).isEqualTo(1009);
  }

  @Test
  void soDoesOneInFragments() {
    RawClient client = compressing();
    byte[] content = Deflated.bytes(new byte[20_000_000]);
    int half = content.length / 2;

    client.write(RawClient.frame(RSV1 | TEXT, Arrays.copyOf(content, half)));
    client.sendFrame(0, Arrays.copyOfRange(content, half, content.length));
    assertThat(client.awaitClose().code()).isEqualTo(1009);
  }

  @Test
  void aMessageOfMaxPayloadIsTaken() {
    RawClient client = compressing();
    String room = "x".repeat(MAX_PAYLOAD - call("").length());

    client.sendFrame(RSV1 | TEXT, Deflated.text(call(room)));
    assertThat(client.nextJson().path("data").asString()).isEqualTo(room);
    client.sendFrame(RSV1 | TEXT, Deflated.text(call(room + "x")));
    assertThat(client.awaitClose().code()).isEqualTo(1009);
  }

  @Test
  void dataThatCannotBeInflatedCloses() {
    RawClient client = compressing();

    client.sendFrame(RSV1 | TEXT, call("not compressed").getBytes(UTF_8));
    assertThat(client.awaitClose().code()).isEqualTo(1007);
    client.send(call("nobody answers"));
    assertThat(client.waiting()).isZero();
  }

  @Test
  void theBitForCompressionIsAllowedInTheFirstFrameOfAMessageOnly() {
    RawClient continued = compressing();
    continued.write(RawClient.frame(RSV1 | TEXT, Deflated.text(call("begun"))));
    continued.sendFrame(RSV1, new byte[0]);
    assertThat(continued.awaitClose().code()).isEqualTo(1002);

    RawClient pinging = compressing();
    pinging.sendFrame(RSV1 | PING, new byte[0]);
    assertThat(pinging.awaitClose().code()).isEqualTo(1002);
  }

  @Test
  void theOtherReservedBitsAreNeverAllowed() {
    RawClient client = compressing();

    client.sendFrame(RSV2 | TEXT, "{}".getBytes(UTF_8));
    assertThat(client.awaitClose().code()).isEqualTo(1002);
  }
}
