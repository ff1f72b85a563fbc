// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.testkit.TcpRelay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What both ends say to each other, in each version of the protocol and with another codec. */
abstract class WireCases extends ClientCases {
  private static final Duration PING_INTERVAL = Duration.ofMillis(500);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);
  private static final int MANY = 5;

  WireCases(CaseServer.Starter starter) {
    super(starter);
  }

  /** How packets look on the wire. */
  enum Dialect {
    VERSION_2(2, CaseCodec.JSON),
    VERSION_1(1, CaseCodec.JSON),
    VERSION_2_WITH_MIN_BIN(2, CaseCodec.MIN_BIN);

    private final int version;
    private final CaseCodec codec;

    Dialect(int version, CaseCodec codec) {
      this.version = version;
      this.codec = codec;
    }

    CaseServerOptions server() {
      return CaseServerOptions.DEFAULTS
          .withPings(PING_INTERVAL, PING_TIMEOUT)
          .withProtocolVersion(version)
          .withCodec(codec);
    }

    AGClientOptions.Builder client(CaseServer server) {
      return options(server.port())
          .protocolVersion(version == 1 ? ProtocolVersion.V1 : ProtocolVersion.V2)
          .codecEngine(codec.engine());
    }

    String ping() {
      return version == 1 ? "#1" : "";
    }
  }

  @Test
  void longMessagesAreCompressedInBothDirections() throws Exception {
    String data = "again and ".repeat(10_000);
    try (CaseServer server = start(CaseServerOptions.DEFAULTS.withCompression());
        TcpRelay cable = TcpRelay.to(server.port())) {
      AGClientSocket client = connected(options(cable.port()).perMessageDeflate(true));
      for (int i = 0; i < MANY; i++) {
        assertThat(client.call("echo", data).stringValue()).isEqualTo(data);
      }
      assertThat(cable.carriedBytes()).isLessThan(data.length());

      AGClientSocket other = connected(options(cable.port()));
      assertThat(other.call("echo", data).stringValue()).isEqualTo(data);
      assertThat(cable.carriedBytes()).isGreaterThan(2L * data.length());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothEndsCallAndTellEachOther(Dialect dialect) throws InterruptedException {
    try (CaseServer server = start(dialect.server())) {
      AGClientSocket client = connected(dialect.client(server));
      StreamConsumer<JsonNode> received = client.receiver("fooReceived").createConsumer(PATIENCE);
      client.procedure("twice").consume(call -> call.end(call.data().intValue() * 2));
      client
          .procedure("never")
          .consume(call -> call.error(new AGException("NeverError", "Not I", Map.of("hint", 7))));

      client.transmit("foo", Map.of("text", "Zoë 🦊"));
      assertThat(take(received)).hasToString("{\"text\":\"Zoë 🦊\"}");
      assertThat(client.call("echo", List.of(1, 2.5, true))).hasToString("[1,2.5,true]");
      assertThat(client.call("callMe", Map.of("event", "twice", "data", 21))).hasToString("42");
      AGException failure =
          failureOf(client.invoke("callMe", Map.of("event", "never", "data", "anything")));
      assertThat(failure).hasToString("NeverError: Not I");
      assertThat(failure.properties()).containsEntry("hint", 7);
      assertThat(failureOf(client.invoke("login", Map.of("username", "mallory"))))
          .hasToString("FailedLoginError: Failed to login");
      client.disconnect();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsSubscribedIsToldWhatIsPublishedAndWhoLogsInIsKnown(Dialect dialect)
      throws InterruptedException {
    try (CaseServer server = start(dialect.server())) {
      AGClientSocket client = connected(dialect.client(server));
      AGChannel<JsonNode> channel = client.subscribe("foo");
      channel.listener(ChannelEvent.SUBSCRIBE).once(PATIENCE);
      StreamConsumer<JsonNode> messages = channel.createConsumer(PATIENCE);
      StreamConsumer<ClientEvent.Authenticate> authentications =
          client.listener(AGClientSocket.AUTHENTICATE).createConsumer(PATIENCE);

      get(client.invokePublish("foo", Map.of("abc", 123)));
      assertThat(take(messages)).hasToString("{\"abc\":123}");
      logIn(client, "alice");
      assertThat(take(authentications).authToken().path("username").asString()).isEqualTo("alice");
      assertThat(get(client.authenticate(SignedTokens.of("kate"))).isAuthenticated()).isTrue();
      client.disconnect();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientAnswersPingsAndStays(Dialect dialect) throws InterruptedException {
    try (CaseServer server = start(dialect.server())) {
      AGClientSocket client = connected(dialect.client(server));
      EventLog log = new EventLog().of(client, AGClientSocket.CLOSE, AGClientSocket.ERROR);
      StreamConsumer<ConnectionEvent.Message> messages =
          client.listener(AGClientSocket.MESSAGE).createConsumer(PATIENCE);

      int pings = 0;
      while (pings < MANY) {
        if (take(messages).message().equals(dialect.ping())) {
          pings++;
        }
      }
      roundTrip(client);

      assertThat(log.names()).isEmpty();
      client.disconnect();
    }
  }

  @Test
  void aRequestHasTheTimeWhenThatIsWanted() throws InterruptedException {
    AGClientSocket client =
        connected(options().query("room", "a b").timestampRequests(true).timestampParam("now"));

    assertThat(client.call("query", null).stringValue()).matches("room=a(\\+|%20)b&now=\\d{13}");
  }

  @Test
  void aBatchIsSentAsOneMessageAndAnsweredOneByOne() throws InterruptedException {
    AGClientSocket client = connected();

    client.startBatch();
    List<CompletableFuture<JsonNode>> answers =
        List.of(client.invoke("echo", 1), client.invoke("echo", 2), client.invoke("echo", 3));
    awaitThat(client::isBufferingBatch);
    client.flushBatch();

    awaitThat(() -> !client.isBufferingBatch());
    for (int i = 0; i < answers.size(); i++) {
      assertThat(get(answers.get(i)).intValue()).isEqualTo(i + 1);
    }
    assertThat(client.call("batches", null)).hasToString("[3]");
  }

  @Test
  void whatFollowsTheHandshakeIsBatchedWhenThatIsWanted() throws InterruptedException {
    AGClientSocket client =
        create(
            options()
                .autoConnect(false)
                .batchOnHandshake(true)
                .batchOnHandshakeDuration(PATIENCE)
                .batchInterval(Duration.ofMillis(100)));
    client.subscribe("foo");
    client.subscribe("bar");

    JsonNode batches = client.call("batches", null);

    assertThat(batches).hasToString("[3]");
    assertThat(client.subscriptions()).containsExactlyInAnyOrder("foo", "bar");
  }
}
