// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.testkit.ForwardingCodec;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
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
  private static final int TEXT = 1;
  private static final int BINARY = 2;

  private static TestServer start(AGEndpoint endpoint, Duration pingTimeout) {
    return TestServer.start(
        options ->
            options
                .endpoint(endpoint)
                .pingInterval(Duration.ofMillis(60))
                .pingTimeout(pingTimeout));
  }

  private static TestServer start(AGEndpoint endpoint) {
    return start(endpoint, Duration.ofSeconds(5));
  }

  private static TestServer start(ProtocolVersion version) {
    return start(AGEndpoint.of(PATH).withProtocolVersion(version));
  }

  /** It waits 300 ms for an answer to each form. */
  private static TestServer startImpatient(ProtocolVersion version) {
    return start(AGEndpoint.of(PATH).withProtocolVersion(version), Duration.ofMillis(1200));
  }

  private static List<String> next(RawClient client, int count) {
    return IntStream.range(0, count).mapToObj(i -> client.next()).toList();
  }

  /** Skips what was on its way before the server knew. */
  private static void expectOnly(RawClient client, String ping) {
    await().untilAsserted(() -> assertThat(next(client, 6)).containsOnly(ping));
  }

  /** Returns all messages up to this one, that one included. */
  private static List<String> nextUntil(RawClient client, String last) {
    List<String> messages = new ArrayList<>();
    do {
      messages.add(client.next());
    } while (!messages.getLast().equals(last));
    return messages;
  }

  @Test
  void versionOneIsPingedInTheFormThatIsAnsweredAndInNoOther() {
    try (TestServer test = start(ProtocolVersion.V1)) { // it would ask again after 1250 ms
      RawClient client = test.openAt(PATH);
      for (int i = 0; i < 40; i++) {
        assertThat(client.next()).isEqualTo("#1");
        client.send("#2");
      }
      assertThat(client.pings()).isZero();
    }
  }

  @Test
  void aClientOfVersionOneThatDoesNotAnswerTheHashIsAskedForTheDigit() {
    try (TestServer test = startImpatient(ProtocolVersion.V1)) {
      RawClient client = test.openAt(PATH);
      List<String> asked = nextUntil(client, "1");
      assertThat(asked.subList(0, asked.size() - 1)).isNotEmpty().containsOnly("#1");
      client.send("2");

      expectOnly(client, "1");
      assertThat(client.pings()).isZero();
    }
  }

  @Test
  void aHashThatIsAnsweredWithADigitStays() {
    try (TestServer test = startImpatient(ProtocolVersion.V1)) {
      RawClient client = test.openAt(PATH);
      for (int i = 0; i < 20; i++) {
        assertThat(client.next()).isEqualTo("#1");
        client.send("2");
      }
      assertThat(client.isClosed()).isFalse();
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
      Queue<String> raw = rawOf(test.socketOf(client));
      client.send("2");
      client.send("#2");
      client.send("other");

      await().untilAsserted(() -> assertThat(raw).containsExactly("other"));
    }
  }

  private static Queue<String> rawOf(AGServerSocket socket) {
    Queue<String> raw = new ConcurrentLinkedQueue<>();
    socket.listener(AGServerSocket.RAW).consume(event -> raw.add(String.valueOf(event.message())));
    return raw;
  }

  @Test
  void whatIsNotAskedForIsARawMessage() {
    try (TestServer test = start(ProtocolVersion.DETECT)) {
      RawClient client = test.openAt(PATH);
      Queue<String> raw = rawOf(test.socketOf(client));
      client.send("2");
      await().until(() -> test.socketOf(client).protocolVersion() == ProtocolVersion.V2);
      client.send("#2");

      await().untilAsserted(() -> assertThat(raw).containsExactly("2", "#2"));
    }
  }

  @Test
  void versionTwoIsPingedInItsFormOnly() {
    try (TestServer test = start(ProtocolVersion.V2)) {
      RawClient client = test.openAt(PATH);

      await().until(() -> client.pings() >= 3);
      assertThat(client.waiting()).isZero();
      assertThat(test.socketOf(client).protocolVersion()).isEqualTo(ProtocolVersion.V2);
    }
  }

  @Test
  void aVersionThatIsNotKnownIsAskedForRightAfterTheHandshake() {
    try (TestServer test = startSlowly(socket -> {});
        RawClient client = oldClient(test)) {
      await().until(() -> client.pings() == 1);

      assertThat(client.waiting()).isZero();
      assertThat(test.socketOf(client).protocolVersion()).isEqualTo(ProtocolVersion.DETECT);
    }
  }

  @Test
  void theFormsFollowEachOtherWhileNoneIsAnswered() {
    try (TestServer test = startImpatient(ProtocolVersion.DETECT);
        RawClient client = oldClient(test)) {
      List<String> asked = nextUntil(client, "1");

      assertThat(asked.subList(0, asked.size() - 1)).isNotEmpty().containsOnly("#1");
      assertThat(client.pings()).isPositive();
    }
  }

  @Test
  void anEmptyPongTellsVersionTwo() {
    try (TestServer test = start(ProtocolVersion.DETECT)) {
      RawClient client = test.openAt(PATH); // answers the empty pings

      await().until(() -> test.socketOf(client).protocolVersion() == ProtocolVersion.V2);
      await().until(() -> client.pings() > 30); // past the time of the other forms
      assertThat(client.waiting()).isZero();
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
    try (TestServer test = startImpatient(ProtocolVersion.DETECT);
        RawClient client = oldClient(test)) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.next()).isEqualTo("#1");
        client.send("#2");
      }
      assertThat(test.socketOf(client).protocolVersion()).isEqualTo(ProtocolVersion.V1);
    }
  }

  @Test
  void aDigitTellsVersionOneWhenItWasAskedFor() {
    try (TestServer test = startImpatient(ProtocolVersion.DETECT);
        RawClient client = oldClient(test)) {
      nextUntil(client, "1");
      client.send("2");

      await().until(() -> test.socketOf(client).protocolVersion() == ProtocolVersion.V1);
      expectOnly(client, "1");
    }
  }

  /** It sends no ping of its own accord for seconds. */
  private static TestServer startSlowly(Consumer<AGServerSocket> handler) {
    return TestServer.start(
        options ->
            options.endpoint(AGEndpoint.of(PATH).withProtocolVersion(ProtocolVersion.DETECT)),
        server -> server.onConnection(socket -> handler.accept(socket)));
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
      assertThat(client.next()).isEqualTo("#1");
      client.send("#2");

      assertThat(next(client, 2)).containsExactly("{\"rid\":2}", "{\"rid\":3}");
      await().untilAsserted(() -> assertThat(told).containsExactly("1", "2"));
    }
  }

  @Test
  void theCallOfAClientThatAnswersNoPingIsOneOfVersionTwoInTheEnd() {
    try (TestServer test = startImpatient(ProtocolVersion.DETECT);
        RawClient client = oldClient(test)) {
      client.invoke("ask", 1);
      test.socketOf(client).procedure("ask").consume(request -> request.end("answer"));

      await().until(() -> client.next().equals("{\"rid\":2,\"data\":\"answer\"}"));
    }
  }

  @Test
  void callsBeforeTheHandshakeDoNotWaitForTheVersion() {
    try (TestServer test = TestServer.start(options -> options.strictHandshake(false))) {
      RawClient client = test.upgraded();
      client.invoke("early", 1); // nobody consumes it

      assertThat(client.handshake(null).path("id").asString()).isNotEmpty();
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

  @Test
  void aServerThatNeverPingsAsksForTheVersionWhenItMatters() {
    try (TestServer test = TestServer.start(options -> options.pingTimeoutDisabled(true))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.procedure("known").consume(request -> request.end());
      await().until(() -> socket.getProcedureConsumerStatsList("known").size() == 1);
      client.call("known", 1);
      assertThat(client.pings()).isZero();

      client.invoke("unknown", 1);
      await().until(() -> socket.protocolVersion() == ProtocolVersion.V2);
      assertThat(client.pings()).isEqualTo(1);
    }
  }

  /** JSON behind a letter. */
  private static final class LetterCodec extends ForwardingCodec {
    @Override
    public List<Packet> decode(byte[] message) {
      return super.decode(Arrays.copyOfRange(message, 1, message.length));
    }

    @Override
    public byte[] encode(Packet packet) {
      return prefixed(super.encode(packet));
    }

    @Override
    public byte[] encode(List<Packet> batch) {
      return prefixed(super.encode(batch));
    }

    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      return prefixed(super.encodePublish(channel, data));
    }

    private static byte[] prefixed(byte[] message) {
      byte[] prefixed = new byte[message.length + 1];
      prefixed[0] = 'L';
      System.arraycopy(message, 0, prefixed, 1, message.length);
      return prefixed;
    }
  }

  private static AGEndpoint lettered() {
    return AGEndpoint.of(PATH)
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
  void aBinaryPongNeedNotBeEncoded() {
    try (TestServer test = start(lettered());
        RawClient client = letteredClient(test)) {
      for (int opcode : new int[] {TEXT, BINARY, TEXT, BINARY}) {
        assertThat(client.next()).isEqualTo("L#1");
        client.sendFrame(opcode, "#2".getBytes(US_ASCII));
      }
      assertThat(client.next()).isEqualTo("L#1");
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void detectionNeedsTheJsonCodec() {
    AGServerOptions.Builder options =
        AGServerOptions.builder().endpoint(lettered().withProtocolVersion(ProtocolVersion.DETECT));

    assertThatThrownBy(options::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage(
            "protocolVersion is DETECT at /pinged/; allowed: V1 or V2 with a codec other than"
                + " JSON");
  }

  @Test
  void anEndpointServesBothVersionsUnlessItIsToldOtherwise() {
    AGServerOptions defaults = AGServerOptions.builder().build();
    assertThat(defaults.protocolVersion()).isEqualTo(ProtocolVersion.DETECT);
    assertThat(AGEndpoint.of(PATH).protocolVersion()).isEqualTo(ProtocolVersion.DETECT);

    AGServerOptions coded = AGServerOptions.builder().codecEngine(new LetterCodec()).build();
    assertThat(coded.protocolVersion()).isEqualTo(ProtocolVersion.V2);
    assertThat(coded.endpoints().getFirst().protocolVersion()).isEqualTo(ProtocolVersion.V2);

    AGServerOptions told = defaults.toBuilder().protocolVersion(ProtocolVersion.V1).build();
    assertThat(told.protocolVersion()).isEqualTo(ProtocolVersion.V1);
  }
}
