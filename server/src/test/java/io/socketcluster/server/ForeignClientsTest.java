// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What clients of other languages send, as their sources have it, and what they get: no ping but
 * their own, since most parse everything else as a JSON object and end when it is none.
 */
class ForeignClientsTest {
  private static final String DEFAULT = "/socketcluster/";
  private static final String VERSION_ONE = "/v1/";
  private static final String VERSION_TWO = "/v2/";
  private static final int BINARY = 2;

  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  /** A form that was not answered for 500 ms is followed by the next. */
  private TestServer start() {
    return TestServer.start(
        options ->
            options
                .pingInterval(Duration.ofMillis(100))
                .pingTimeout(Duration.ofSeconds(2))
                .endpoint(AGEndpoint.of(VERSION_ONE).withProtocolVersion(ProtocolVersion.V1))
                .endpoint(AGEndpoint.of(VERSION_TWO).withProtocolVersion(ProtocolVersion.V2))
                .endpoint(AGEndpoint.of("/").withProtocolVersion(ProtocolVersion.V1)),
        server -> server.onConnection(socket -> serve(socket)));
  }

  private void serve(AGServerSocket socket) {
    socket.procedure("echo").consume(request -> request.end(request.data()));
    socket.receiver("tell").consume(data -> told.add(data.toString()));
  }

  /** A client after its handshake. */
  private static RawClient connect(TestServer test, String path, String handshake) {
    RawClient client = RawClient.upgraded(test.port(), path);
    if (!path.equals(DEFAULT) && !path.equals(VERSION_TWO)) {
      client.stopAnsweringPings(); // those of version 2, which it must not see
    }
    client.send(handshake);
    assertThat(client.nextJson().path("data").path("isAuthenticated").isBoolean()).isTrue();
    return client;
  }

  /** Lives on version 2 well past the time in which another ping would come. */
  private static void live(RawClient client) {
    int pings = client.pings();
    await().until(() -> client.pings() > pings + 15);
    assertThat(client.waiting()).isZero();
    assertThat(client.isClosed()).isFalse();
  }

  /** The same with version 1. */
  private static void live(RawClient client, String pong) {
    for (int i = 0; i < 15; i++) {
      assertThat(client.next()).isEqualTo("#1");
      client.send(pong);
    }
    assertThat(client.pings()).isZero();
    assertThat(client.isClosed()).isFalse();
  }

  private static String answered(RawClient client, String message) {
    client.send(message);
    JsonNode answer = client.nextJson();
    while (!answer.has("rid")) { // a ping, or its own publish
      answer = client.nextJson();
    }
    return answer.toString();
  }

  private void hasTold(String data) {
    await().untilAsserted(() -> assertThat(told).containsExactly(data));
    told.clear();
  }

  @Test
  void goOfFreeaqingmeLivesOnAnEndpointOfVersionOne() {
    try (TestServer test = start();
        RawClient client =
            connect(
                test,
                VERSION_ONE,
                "{\"cid\":1,\"event\":\"#handshake\",\"data\":{\"authToken\":null}}")) {
      assertThat(
              answered(
                  client, "{\"cid\":2,\"event\":\"#subscribe\",\"data\":{\"channel\":\"news\"}}"))
          .isEqualTo("{\"rid\":2}");
      assertThat(answered(client, "{\"cid\":3,\"event\":\"echo\",\"data\":\"a\"}"))
          .isEqualTo("{\"rid\":3,\"data\":\"a\"}");
      assertThat(answered(client, "{\"cid\":4,\"event\":\"tell\",\"data\":5}"))
          .isEqualTo("{\"rid\":4}");
      hasTold("5");
      live(client, "#2");
    }
  }

  private void goOfSacOO7(RawClient client) {
    assertThat(
            answered(
                client, "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"news\"},\"cid\":2}"))
        .isEqualTo("{\"rid\":2}");
    assertThat(answered(client, "{\"event\":\"#unsubscribe\",\"data\":\"news\",\"cid\":3}"))
        .isEqualTo("{\"rid\":3}");
    assertThat(answered(client, "{\"event\":\"echo\",\"data\":{\"a\":1},\"cid\":4}"))
        .isEqualTo("{\"rid\":4,\"data\":{\"a\":1}}");
  }

  private static final String GO_HANDSHAKE =
      "{\"event\":\"#handshake\",\"data\":{\"authToken\":null},\"cid\":1}";

  @Test
  void goOfSacOO7Of2018LivesOnAnEndpointOfVersionOne() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_ONE, GO_HANDSHAKE)) {
      goOfSacOO7(client);
      live(client, "#2");
    }
  }

  @Test
  void goOfSacOO7Of2020LivesOnTheDefaultEndpoint() {
    try (TestServer test = start();
        RawClient client = connect(test, DEFAULT, GO_HANDSHAKE)) {
      goOfSacOO7(client);
      live(client);
    }
  }

  @Test
  void goOfSacOO7Of2020LivesOnAnEndpointOfVersionTwo() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_TWO, GO_HANDSHAKE)) {
      goOfSacOO7(client);
      live(client);
    }
  }

  @Test
  void goOfSacOO7Of2023LivesOnTheDefaultEndpoint() {
    try (TestServer test = start();
        RawClient client = connect(test, DEFAULT, GO_HANDSHAKE)) {
      client.send("{\"event\":\"tell\",\"data\":1}");
      hasTold("1");
      live(client);
    }
  }

  @Test
  void goOfSacOO7Of2023LivesOnAnEndpointOfVersionOne() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_ONE, GO_HANDSHAKE)) {
      live(client, "#2");
    }
  }

  @Test
  void goOfSacOO7AnswersTheServerWithAnErrorOfNull() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_TWO, GO_HANDSHAKE)) {
      AGServerSocket socket = test.server().clients().values().iterator().next();
      CompletableFuture<JsonNode> answer = socket.invoke("ask", 1);
      int cid = client.nextJson().path("cid").asInt();
      client.send("{\"data\":\"yes\",\"error\":null,\"rid\":" + cid + "}");

      assertThat(answer.join().asString()).isEqualTo("yes");
    }
  }

  private static final String RUBY_HANDSHAKE =
      "{\"cid\":1,\"data\":{\"authToken\":null},\"event\":\"#handshake\"}";

  private void ruby(RawClient client) {
    assertThat(
            answered(
                client, "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"news\"},\"cid\":2}"))
        .isEqualTo("{\"rid\":2}");
    assertThat(
            answered(
                client,
                "{\"cid\":3,\"data\":{\"channel\":\"other\",\"data\":\"hi\"},\"event\":\"#publish\"}"))
        .startsWith("{\"rid\":3");
    client.send("{\"event\":\"tell\",\"data\":7,\"c_id\":4}"); // its call has no id by that name
    hasTold("7");
  }

  @Test
  void ruby010LivesOnAnEndpointOfVersionOne() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_ONE, RUBY_HANDSHAKE)) {
      ruby(client);
      live(client, "#2");
    }
  }

  @Test
  void ruby012LivesOnTheDefaultEndpoint() {
    try (TestServer test = start();
        RawClient client = connect(test, DEFAULT, RUBY_HANDSHAKE)) {
      ruby(client);
      live(client);
    }
  }

  @Test
  void ruby012LivesOnAnEndpointOfVersionTwo() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_TWO, RUBY_HANDSHAKE)) {
      ruby(client);
      live(client);
    }
  }

  private static final String PYTHON_HANDSHAKE =
      "{\"cid\": 1, \"data\": {\"authToken\": null}, \"event\": \"#handshake\"}";

  private void python(RawClient client) {
    assertThat(
            answered(
                client,
                "{\"cid\": 2, \"data\": {\"channel\": \"news\"}, \"event\": \"#subscribe\"}"))
        .isEqualTo("{\"rid\":2}");
    assertThat(answered(client, "{\"cid\": 3, \"data\": \"news\", \"event\": \"#unsubscribe\"}"))
        .isEqualTo("{\"rid\":3}");
    client.send("{\"data\": \"hi\", \"event\": \"tell\"}");
    hasTold("\"hi\"");
  }

  @Test
  void python133LivesOnAnEndpointOfVersionOne() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_ONE, PYTHON_HANDSHAKE)) {
      python(client);
      live(client, "#2");
    }
  }

  @Test
  void python136LivesOnTheDefaultEndpoint() {
    try (TestServer test = start();
        RawClient client = connect(test, DEFAULT, PYTHON_HANDSHAKE)) {
      python(client);
      live(client);
    }
  }

  @Test
  void python136LivesOnAnEndpointOfVersionTwo() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_TWO, PYTHON_HANDSHAKE)) {
      python(client);
      live(client);
    }
  }

  /** It leaves a token that is null out. */
  private static final String JAVA_HANDSHAKE = "{\"event\":\"#handshake\",\"data\":{},\"cid\":1}";

  private void java(RawClient client) {
    assertThat(
            answered(
                client, "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"news\"},\"cid\":2}"))
        .isEqualTo("{\"rid\":2}");
    assertThat(answered(client, "{\"event\":\"#unsubscribe\",\"data\":\"news\",\"cid\":3}"))
        .isEqualTo("{\"rid\":3}");
    assertThat(answered(client, "{\"event\":\"echo\",\"data\":true,\"cid\":4}"))
        .isEqualTo("{\"rid\":4,\"data\":true}");
    client.send("{\"event\":\"tell\",\"data\":1}");
    hasTold("1");
  }

  @Test
  void javaOfSacOO7175LivesOnAnEndpointOfVersionOne() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_ONE, JAVA_HANDSHAKE)) {
      java(client);
      live(client, "#2");
    }
  }

  @Test
  void javaOfSacOO7200LivesOnTheDefaultEndpoint() {
    try (TestServer test = start();
        RawClient client = connect(test, DEFAULT, JAVA_HANDSHAKE)) {
      java(client);
      live(client);
    }
  }

  @Test
  void javaOfSacOO7200LivesOnAnEndpointOfVersionTwo() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_TWO, JAVA_HANDSHAKE)) {
      java(client);
      live(client);
    }
  }

  private static void swift(RawClient client) {
    assertThat(
            answered(
                client,
                "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"news\",\"data\":{}},\"cid\":2}"))
        .isEqualTo("{\"rid\":2}");
    assertThat(
            answered(
                client, "{\"event\":\"#unsubscribe\",\"data\":{\"channel\":\"news\"},\"cid\":3}"))
        .startsWith("{\"rid\":3");
    assertThat(answered(client, "{\"event\":\"echo\",\"cid\":4}")).startsWith("{\"rid\":4");
  }

  @Test
  void swift201LivesOnTheDefaultEndpoint() {
    try (TestServer test = start();
        RawClient client = connect(test, DEFAULT, JAVA_HANDSHAKE)) {
      swift(client);
      live(client);
    }
  }

  @Test
  void swift201LivesOnAnEndpointOfVersionTwo() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_TWO, JAVA_HANDSHAKE)) {
      swift(client);
      live(client);
    }
  }

  /** It knows the path of the root only, and answers the ping of its time with an older pong. */
  @Test
  void objectiveCOfAbpopovLivesOnAnEndpointOfVersionOneAtTheRoot() {
    try (TestServer test = start();
        RawClient client =
            connect(test, "/?transport=websocket", "{\"event\":\"#handshake\",\"cid\":1}")) {
      assertThat(
              answered(
                  client, "{\"cid\":2,\"data\":{\"channel\":\"news\"},\"event\":\"#subscribe\"}"))
          .isEqualTo("{\"rid\":2}");
      assertThat(answered(client, "{\"cid\":3,\"data\":[1],\"event\":\"echo\"}"))
          .isEqualTo("{\"rid\":3,\"data\":[1]}");
      live(client, "2");
    }
  }

  private static final String DOT_NET_HANDSHAKE =
      "{\r\n  \"event\": \"#handshake\",\r\n  \"data\": {\r\n    \"authToken\": null\r\n  },\r\n"
          + "  \"cid\": 1\r\n}";

  private static void dotNet(RawClient client) {
    assertThat(
            answered(
                client,
                "{\r\n  \"event\": \"#subscribe\",\r\n  \"data\": {\r\n"
                    + "    \"channel\": \"news\"\r\n  },\r\n  \"cid\": 2\r\n}"))
        .isEqualTo("{\"rid\":2}");
    assertThat(
            answered(
                client,
                "{\r\n  \"event\": \"#unsubscribe\",\r\n  \"data\": \"news\",\r\n  \"cid\": 3\r\n}"))
        .isEqualTo("{\"rid\":3}");
  }

  @Test
  void dotNet121LivesOnTheDefaultEndpoint() {
    try (TestServer test = start();
        RawClient client = connect(test, DEFAULT, DOT_NET_HANDSHAKE)) {
      dotNet(client);
      live(client);
    }
  }

  @Test
  void dotNet121LivesOnAnEndpointOfVersionTwo() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_TWO, DOT_NET_HANDSHAKE)) {
      dotNet(client);
      live(client);
    }
  }

  @Test
  void dotNet121WithVersionOneLivesOnAnEndpointOfVersionOne() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_ONE, DOT_NET_HANDSHAKE)) {
      dotNet(client);
      live(client, "#2");
    }
  }

  private static final String PHP_PUBLISH =
      "{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":{\"a\":1}}}";

  @Test
  void laravelPublishesWithoutAHandshakeIfTheServerIsNotStrict() {
    try (TestServer test = TestServer.start(options -> options.strictHandshake(false))) {
      RawClient subscriber = test.open();
      subscriber.call("#subscribe", Map.of("channel", "news"));
      RawClient php = test.upgraded();
      php.send(PHP_PUBLISH);

      assertThat(subscriber.nextJson().path("data").path("data").path("a").asInt()).isEqualTo(1);
    }
  }

  @Test
  void laravelIsClosedByAStrictServer() {
    try (TestServer test = TestServer.start()) {
      RawClient php = test.upgraded();
      php.send(PHP_PUBLISH);

      assertThat(php.awaitClose().code()).isEqualTo(CloseCode.MESSAGE_BEFORE_HANDSHAKE);
    }
  }

  /** An empty array of PHP is one of JSON. */
  @Test
  void aHandshakeWithAnArrayAsItsDataIsAHandshake() {
    try (TestServer test = start();
        RawClient client =
            connect(test, DEFAULT, "{\"event\":\"#handshake\",\"data\":[],\"cid\":1}")) {
      live(client);
    }
  }

  @Test
  void aPongInABinaryFrameIsOne() {
    try (TestServer test = start();
        RawClient client = connect(test, VERSION_ONE, GO_HANDSHAKE)) {
      for (int i = 0; i < 15; i++) {
        assertThat(client.next()).isEqualTo("#1");
        client.sendFrame(BINARY, "#2".getBytes(US_ASCII));
      }
    }
  }
}
