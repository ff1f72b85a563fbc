// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With what a client is pinged until it is known which version it speaks. */
class PingFormsTest {
  private static final String PATH = "/pinged/";

  private static TestServer start(AGEndpoint endpoint) {
    return TestServer.start(
        options ->
            options
                .endpoint(endpoint)
                .pingInterval(Duration.ofMillis(60))
                .pingTimeout(Duration.ofSeconds(5)));
  }

  private static TestServer start(ProtocolVersion version) {
    return start(AGEndpoint.at(PATH).withProtocolVersion(version));
  }

  private static List<String> next(RawClient client, int count) {
    return IntStream.range(0, count).mapToObj(i -> client.next()).toList();
  }

  /** Skips what was on its way before the server knew. */
  private static void expectOnly(RawClient client, String ping) {
    await().untilAsserted(() -> assertThat(next(client, 6)).containsOnly(ping));
  }

  @Test
  void versionOneIsPingedInBothFormsUntilOneIsAnswered() {
    try (TestServer test = start(ProtocolVersion.V1)) {
      RawClient client = test.openAt(PATH);
      assertThat(next(client, 4)).containsExactly("#1", "1", "#1", "1");

      client.send("#2");

      expectOnly(client, "#1");
      assertThat(client.pings()).isZero();
    }
  }

  @Test
  void aClientThatAnswersTheDigitOnlyIsPingedWithIt() {
    try (TestServer test = start(ProtocolVersion.V1)) {
      RawClient client = test.openAt(PATH);
      client.next();
      client.send("2");

      expectOnly(client, "1");
    }
  }

  @Test
  void aDigitThatAnApplicationSendsDoesNotHideTheRealAnswer() {
    try (TestServer test = start(ProtocolVersion.V1)) {
      RawClient client = test.openAt(PATH);
      client.next();
      client.send("2");
      client.send("#2");

      expectOnly(client, "#1");
    }
  }

  @Test
  void pongsAreNoRawMessages() {
    try (TestServer test = start(ProtocolVersion.V1)) {
      RawClient client = test.openAt(PATH);
      Queue<String> raw = new ConcurrentLinkedQueue<>();
      test.socketOf(client)
          .listener(AGServerSocket.RAW)
          .consume(event -> raw.add(String.valueOf(event.message())));
      client.send("2");
      client.send("#2");
      client.send("other");

      await().untilAsserted(() -> assertThat(raw).containsExactly("other"));
    }
  }

  @Test
  void versionTwoIsPingedInItsFormOnly() {
    try (TestServer test = start(ProtocolVersion.V1)) {
      RawClient client = test.open();

      await().until(() -> client.pings() >= 3);
      assertThat(client.waiting()).isZero();
      assertThat(test.socketOf(client).protocolVersion()).isEqualTo(ProtocolVersion.V2);
    }
  }

  @Test
  void aVersionThatIsNotKnownIsAskedForRightAfterTheHandshake() {
    try (TestServer test =
        TestServer.start(
            options ->
                options.endpoint(
                    AGEndpoint.at(PATH).withProtocolVersion(ProtocolVersion.DETECT)))) {
      RawClient client = RawClient.upgraded(test.port(), PATH);
      client.stopAnsweringPings();
      client.handshake(null);

      assertThat(next(client, 2)).containsExactly("#1", "1");
      assertThat(client.pings()).isEqualTo(1);
      assertThat(test.socketOf(client).protocolVersion()).isEqualTo(ProtocolVersion.DETECT);
      client.close();
    }
  }

  @Test
  void anEmptyPongTellsVersionTwo() {
    try (TestServer test = start(ProtocolVersion.DETECT)) {
      RawClient client = test.openAt(PATH); // answers the empty pings

      await().until(() -> test.socketOf(client).protocolVersion() == ProtocolVersion.V2);
      int stray = client.waiting();
      int pings = client.pings();
      await().until(() -> client.pings() > pings + 3);
      assertThat(client.waiting()).isEqualTo(stray);
    }
  }

  private static RawClient oldClient(TestServer test) {
    RawClient client = RawClient.upgraded(test.port(), PATH);
    client.stopAnsweringPings();
    client.handshake(null);
    return client;
  }

  @Test
  void aHashPongTellsVersionOne() {
    try (TestServer test = start(ProtocolVersion.DETECT);
        RawClient client = oldClient(test)) {
      client.send("#2");

      await().until(() -> test.socketOf(client).protocolVersion() == ProtocolVersion.V1);
      expectOnly(client, "#1");
    }
  }

  @Test
  void aDigitTellsVersionOneWhenItAnswersTwice() {
    try (TestServer test = startSlowly(socket -> {});
        RawClient client = oldClient(test)) {
      client.send("2");
      assertThat(next(client, 4)).containsExactly("#1", "1", "#1", "1");
      assertThat(test.socketOf(client).protocolVersion()).isEqualTo(ProtocolVersion.DETECT);
      client.send("2");

      await().until(() -> test.socketOf(client).protocolVersion() == ProtocolVersion.V1);
    }
  }

  /** It sends no ping of its own accord for seconds. */
  private static TestServer startSlowly(Consumer<AGServerSocket> handler) {
    return TestServer.start(
        options ->
            options.endpoint(AGEndpoint.at(PATH).withProtocolVersion(ProtocolVersion.DETECT)),
        server ->
            server.listener(AGServer.CONNECTION).consume(event -> handler.accept(event.socket())));
  }

  @Test
  void callsWaitUntilItIsKnownWhatTheyAre() {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    try (TestServer test =
            startSlowly(
                socket -> socket.receiver("tell").consume(data -> told.add(data.toString())));
        RawClient client = oldClient(test)) {
      client.invoke("tell", 1);
      client.invoke("tell", 2);
      client.send("#2");

      assertThat(next(client, 4))
          .containsExactlyInAnyOrder("#1", "1", "{\"rid\":2}", "{\"rid\":3}");
      await().untilAsserted(() -> assertThat(told).containsExactly("1", "2"));
    }
  }

  @Test
  void theCallOfAClientThatAnswersNoPingIsOneOfVersionTwoInTheEnd() {
    try (TestServer test = start(ProtocolVersion.DETECT);
        RawClient client = oldClient(test)) {
      client.invoke("ask", 1);
      test.socketOf(client).procedure("ask").consume(request -> request.end("answer"));

      await().until(() -> client.next().equals("{\"rid\":2,\"data\":\"answer\"}"));
    }
  }

  @Test
  void aNameAsTheDataOfSubscribeTellsVersionOne() {
    try (TestServer test = start(ProtocolVersion.DETECT);
        RawClient client = oldClient(test)) {
      client.transmit("#subscribe", Map.of("channel", "both versions"));
      client.transmit("#subscribe", "news");

      AGServerSocket socket = test.socketOf(client);
      await().until(() -> socket.isSubscribed("news"));
      assertThat(socket.protocolVersion()).isEqualTo(ProtocolVersion.V1);
    }
  }

  @Test
  void disconnectTellsVersionOne() {
    try (TestServer test = start(ProtocolVersion.DETECT);
        RawClient client = oldClient(test)) {
      client.transmit("#disconnect", Map.of("code", 4501));

      assertThat(client.awaitClose().code()).isEqualTo(4501);
    }
  }

  /** JSON behind a letter. */
  private static final class LetterCodec implements CodecEngine {
    private final JsonCodec json = new JsonCodec();

    @Override
    public boolean isBinary() {
      return false;
    }

    @Override
    public List<Packet> decode(byte[] message) {
      return json.decode(Arrays.copyOfRange(message, 1, message.length));
    }

    @Override
    public byte[] encode(Packet packet) {
      return prefixed(json.encode(packet));
    }

    @Override
    public byte[] encode(List<Packet> batch) {
      return prefixed(json.encode(batch));
    }

    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      return prefixed(json.encodePublish(channel, data));
    }

    private static byte[] prefixed(byte[] message) {
      byte[] prefixed = new byte[message.length + 1];
      prefixed[0] = 'L';
      System.arraycopy(message, 0, prefixed, 1, message.length);
      return prefixed;
    }
  }

  private static AGEndpoint lettered() {
    return AGEndpoint.at(PATH)
        .withProtocolVersion(ProtocolVersion.V1)
        .withCodecEngine(new LetterCodec());
  }

  private static RawClient letteredClient(TestServer test) {
    RawClient client = RawClient.upgraded(test.port(), PATH);
    client.send("L{\"event\":\"#handshake\",\"data\":{},\"cid\":1}");
    assertThat(client.next()).startsWith("L{\"rid\":1");
    return client;
  }

  @Test
  void withACodecThePingsGoThroughIt() {
    try (TestServer test = start(lettered());
        RawClient client = letteredClient(test)) {
      assertThat(next(client, 3)).containsOnly("L#1");
      client.send("L#2");
      assertThat(next(client, 3)).containsOnly("L#1");
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void orPassItByIfTheEndpointSaysSo() {
    try (TestServer test = start(lettered().withPingsThroughCodec(false));
        RawClient client = letteredClient(test)) {
      assertThat(next(client, 3)).containsOnly("#1");
      client.send("#2");
      assertThat(next(client, 3)).containsOnly("#1");
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void detectionNeedsTheJsonCodec() {
    AGServerOptionsBuilder options =
        AGServerOptions.builder().endpoint(lettered().withProtocolVersion(ProtocolVersion.DETECT));

    assertThatThrownBy(options::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage(
            "protocolVersion is DETECT at /pinged/; allowed: V1 or V2 with a codec other than JSON");
  }
}
