// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.sessions.AGSession;
import io.socketcluster.sessions.AGSessions;
import io.socketcluster.sessions.SessionOptions;
import io.socketcluster.store.Store;
import io.socketcluster.testkit.RawClient;
import io.socketcluster.webhooks.Webhooks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The samples do what the documents say of them. */
class SamplesRunTest {
  private static final String HANDSHAKE = "{\"event\":\"#handshake\",\"data\":{},\"cid\":1}";

  @Test
  void optionsAreReadFromAFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("server.json"), "{\"pingTimeout\": 30000}");

    AGServerOptions options = OptionsProgram.read(file.toString(), new AGSimpleBroker());

    assertThat(options.pingTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.slowConsumerPolicy()).isEqualTo(SlowConsumerPolicy.DROP_OLDEST);
  }

  @Test
  void theFirstProgramLogsInAndRelaysTheChat() throws Exception {
    converse(
        FirstProgram::start,
        client -> {
          client.send("{\"event\":\"login\",\"data\":{},\"cid\":2}");
          assertThat(client.answerTo(2)).contains("FailedLoginError");
          client.send("{\"event\":\"login\",\"data\":{\"username\":5},\"cid\":9}");
          assertThat(client.answerTo(9)).contains("FailedLoginError");
          client.send("{\"event\":\"login\",\"data\":{\"username\":\"ada\"},\"cid\":3}");
          assertThat(client.answerTo(3)).isEqualTo("{\"rid\":3}");
          client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":4}");
          assertThat(client.answerTo(4)).isEqualTo("{\"rid\":4}");
          client.send("{\"event\":\"chat\",\"data\":{\"text\":\"Hello\"}}");
          assertThat(client.next("#publish"))
              .contains("\"channel\":\"room\"", "{\"text\":\"Hello\"}");
        });
  }

  @Test
  void theLoopAnswersEveryRequest() throws Exception {
    converse(
        LoopProgram::start,
        client -> {
          client.send("{\"event\":\"customProc\",\"cid\":2}");
          client.send("{\"event\":\"customProc\",\"cid\":3}");
          assertThat(client.answerTo(2)).isEqualTo("{\"rid\":2,\"data\":\"Success\"}");
          assertThat(client.answerTo(3)).isEqualTo("{\"rid\":3,\"data\":\"Success\"}");
        });
  }

  @Test
  void theChannelOfAUserIsForThisUserOnly() throws Exception {
    converse(
        UserChannelsProgram::start,
        client -> {
          client.send("{\"event\":\"login\",\"data\":\"ada\",\"cid\":2}");
          assertThat(client.answerTo(2)).isEqualTo("{\"rid\":2}");
          client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"user/bob\"},\"cid\":3}");
          assertThat(client.answerTo(3)).contains("ForbiddenError");
          client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"user/ada\"},\"cid\":4}");
          assertThat(client.answerTo(4)).isEqualTo("{\"rid\":4}");
          client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room/lobby\"},\"cid\":5}");
          assertThat(client.answerTo(5)).isEqualTo("{\"rid\":5}");
          client.send("{\"event\":\"chatevent\",\"data\":\"Hello\",\"cid\":6}");
          assertThat(client.answerTo(6)).isEqualTo("{\"rid\":6,\"data\":\"accepted\"}");
        });
  }

  @Test
  void theMiddlewareRefusesWhoIsNotLoggedIn() throws Exception {
    converse(
        MiddlewareProgram::start,
        client -> {
          client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":2}");
          assertThat(client.answerTo(2)).contains("ForbiddenError");
        });
  }

  @Test
  void oldClientsHaveAnEndpointOfTheirOwn() throws Exception {
    AGServer server = OldClientsProgram.start(0);
    try {
      assertThat(server.options().endpoints())
          .extracting(AGEndpoint::path)
          .containsExactly("/socketcluster/", "/socketcluster-v1/", "/min-bin/");
    } finally {
      server.close().join();
    }
  }

  @Test
  void oldClientsOfSocketIOChat() throws Exception {
    AGServer server = OldSocketIOProgram.start(0, AGServerOptions.builder().build());
    try (RawClient one = RawClient.upgraded(server.port(), "/socket.io/websocket")) {
      one.next(); // the session id
      assertThat(one.next()).endsWith("~j~{\"announcement\":\"welcome\"}");
      RawClient other = RawClient.upgraded(server.port(), "/socket.io/websocket");
      other.send("~m~2~m~hi");
      assertThat(one.next()).endsWith(" connected\"}");
      assertThat(one.next()).contains("\"message\":\"hi\"");
      other.close();
      assertThat(one.next()).endsWith(" left\"}");
    } finally {
      server.close().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void theFirstClientsHaveADoor() throws Exception {
    AGServer server = FirstClientsProgram.start(0, AGServerOptions.builder().build());
    URI poll =
        URI.create(
            "http://localhost:" + server.port() + "/socketcluster-1/?EIO=3&transport=polling");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(poll).build(), BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("set-cookie").orElse("")).startsWith("n/shop/io=");
    } finally {
      server.close().join();
    }
  }

  @Test
  void theFallbackServesItsScript() throws Exception {
    AGServer server = HttpFallbackProgram.start(0, AGServerOptions.builder().build());
    URI script =
        URI.create("http://localhost:" + server.port() + "/socketcluster-http/fallback.js");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(script).build(), BodyHandlers.ofString());
      assertThat(answer.body()).contains("globalThis.WebSocket = ");
    } finally {
      server.close().join();
    }
  }

  @Test
  void anotherBackendPublishesOverHttp() throws Exception {
    String key = "a-key-of-a-shop-with-32-characters";
    AGServer server = HttpApiProgram.start(0, key, "a-key-of-an-admin-with-32-characters");
    URI publish = URI.create("http://localhost:" + server.port() + "/api/publish");
    HttpRequest request =
        HttpRequest.newBuilder(publish)
            .header("authorization", "Bearer " + key)
            .POST(BodyPublishers.ofString("{\"channel\":\"orders/17\",\"data\":1}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("{\"published\":1}");
    } finally {
      server.close().join();
    }
  }

  @Test
  void anotherBackendIsToldOfConnections() {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    try (Webhooks hooks = WebhooksProgram.follow(server, "http://localhost:1/hooks", secret)) {
      assertThat(hooks.waiting()).isZero();
    } finally {
      server.close().join();
    }
  }

  @Test
  void aStoreKeepsRoomsAndTheirUsers() {
    assertThat(StoreProgram.run().at("/rooms/lobby").toString())
        .isEqualTo("{\"seats\":1,\"users\":[\"ann\",\"bob\"]}");
  }

  @Test
  void aSessionKeepsACart() {
    try (Store store = Store.embedded()) {
      AGServer server = SessionsProgram.create(store, HttpHandler.NONE);
      server.listen(0);
      try (RawClient client = RawClient.upgraded(server.port(), server.getPath())) {
        client.handshake(null);
        client.invoke("addToCart", "tea");
        assertThat(client.nextJson().toString())
            .isEqualTo("{\"event\":\"cart\",\"data\":[\"tea\"]}");
      } finally {
        server.close().join();
      }
    }
  }

  @Test
  void aLoginGivesTheSocketANewSession() {
    try (Store store = Store.embedded();
        AGSessions sessions = AGSessions.create(store, SessionOptions.DEFAULT)) {
      AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
      sessions.attach(server);
      List<String> before = new CopyOnWriteArrayList<>();
      server.onConnection(
          socket -> {
            before.add(sessions.of(socket).id());
            SessionsProgram.logIn(socket, sessions, (name, password) -> password.equals("right"));
          });
      server.listen(0);
      try (RawClient client = RawClient.upgraded(server.port(), server.getPath())) {
        client.handshake(null);
        assertThat(logIn(client, "wrong").at("/error/name").stringValue()).isEqualTo("LoginError");
        assertThat(logIn(client, "right").has("error")).isFalse();

        AGSession session = sessions.of(Objects.requireNonNull(server.clients().get(client.id())));
        assertThat(before).hasSize(1).doesNotContain(session.id());
        assertThat(session.get("isUserAuthorized").join().booleanValue()).isTrue();
      } finally {
        server.close().join();
      }
    }
  }

  private static JsonNode logIn(RawClient client, String password) {
    client.invoke("login", Map.of("username", "ann", "password", password));
    JsonNode message = client.nextJson();
    while (!message.has("rid")) { // the token
      message = client.nextJson();
    }
    return message;
  }

  @Test
  void aClosingServerFailsItsHealthCheck() throws Exception {
    AGServer server = ClosingProgram.start(0);
    URI check = URI.create("http://localhost:" + server.port() + "/health-check");
    HttpRequest request = HttpRequest.newBuilder(check).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      CompletableFuture<Void> closed = server.close();
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(503);
      closed.join();
    }
  }

  @Test
  void theBasicUsageTransmitsInvokesAndPublishes() throws Exception {
    converse(
        BasicUsageProgram::start,
        client -> {
          client.send("{\"event\":\"customProc\",\"data\":{\"bad\":true},\"cid\":2}");
          assertThat(client.answerTo(2)).contains("BadCustomError");
          client.send("{\"event\":\"customProc\",\"cid\":3}");
          assertThat(client.answerTo(3)).isEqualTo("{\"rid\":3,\"data\":\"Success\"}");
          client.send("{\"event\":\"buy\",\"data\":{\"item\":\"tea\",\"count\":2},\"cid\":4}");
          assertThat(client.answerTo(4)).contains("\"bought\":\"2 x tea\"");
          client.send("{\"event\":\"buy\",\"data\":\"tea\",\"cid\":5}");
          assertThat(client.answerTo(5)).contains("InvalidArgumentsError");
          client.send("{\"event\":\"askMe\",\"cid\":6}");
          assertThat(client.next("question")).contains("How are you?");
          client.send("{\"rid\":1,\"data\":\"Fine\"}");
          assertThat(client.next("noted")).contains("Fine");
          client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"bar\"},\"cid\":7}");
          assertThat(client.answerTo(7)).isEqualTo("{\"rid\":7}");
          client.send("{\"event\":\"customRemoteEvent\",\"data\":123}");
          assertThat(client.next("#publish")).contains("\"bar\"", "{\"copied\":123}");
        });
  }

  @Test
  void theStreamsAreConsumedInEveryWay() throws Exception {
    converse(
        StreamsProgram::start,
        client -> {
          client.send("{\"event\":\"news\",\"data\":\"early\"}");
          assertThat(client.next("read")).contains("early");
          client.send("{\"event\":\"byHandler\",\"cid\":2}");
          assertThat(client.answerTo(2)).contains("Handled");
          client.send("{\"event\":\"byLoop\",\"cid\":3}");
          assertThat(client.answerTo(3)).contains("Looped");
          client.send("{\"event\":\"once\",\"cid\":4}");
          assertThat(client.answerTo(4)).contains("\"data\":");
          client.send("{\"event\":\"waitForMe\",\"cid\":6}");
          client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":5}");
          assertThat(client.answerTo(6)).contains("\"room\"");
        });
  }

  @Test
  void behindAProxyABannedClientOrOneWithoutASessionCannotComeIn() throws Exception {
    InetAddress banned = InetAddress.getByName("203.0.113.9");
    AGServer server = ProxyProgram.start(0, Set.of(banned));
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(comesIn(http, server, "session=abc", "198.51.100.7")).isTrue();
      assertThat(comesIn(http, server, "session=abc", "203.0.113.9")).isFalse();
      assertThat(comesIn(http, server, "theme=dark", "198.51.100.7")).isFalse();
    } finally {
      server.close().join();
    }
  }

  @Test
  void anAddressThatConnectsTooOftenIsRefusedAndCounted() {
    LimitsMetrics metrics = new LimitsMetrics();
    AGServer server = LimitsProgram.start(0, metrics);
    int burst = 200;
    try (HttpClient http = HttpClient.newHttpClient()) {
      int cameIn = 0;
      while (cameIn < 2 * burst && comesIn(http, server, "", "198.51.100.7")) {
        cameIn++;
      }

      assertThat(cameIn).isGreaterThanOrEqualTo(burst).isLessThan(2 * burst);
      assertThat(metrics.refused()).isEqualTo(1);
      assertThat(metrics.dropped()).isZero();
    } finally {
      server.close().join();
    }
  }

  private static boolean comesIn(HttpClient http, AGServer server, String cookie, String client) {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/socketcluster/");
    return http.newWebSocketBuilder()
        .header("Cookie", cookie)
        .header("X-Forwarded-For", client)
        .buildAsync(uri, new Client())
        .handle(
            (socket, refused) -> {
              if (socket != null) {
                socket.abort();
              }
              return refused == null;
            })
        .join();
  }

  @Test
  void theMiddlewareOfTheGuideDecidesOnEveryLine() throws Exception {
    converse(
        MiddlewareGuide::start,
        client -> {
          client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":2}");
          assertThat(client.answerTo(2)).contains("ForbiddenError");
          client.send("{\"event\":\"x\",\"data\":\"" + "x".repeat(10_000) + "\",\"cid\":3}");
          client.send(
              "{\"event\":\"#publish\",\"data\":{\"channel\":\"room\",\"data\":1},\"cid\":4}");
          assertThat(client.next("\"rid\":")).isEqualTo("{\"rid\":4}");
        });
  }

  @Test
  void theRulesOfTheGuideSayWhoMayPublish() throws Exception {
    converse(
        MiddlewareGuide::startWithRules,
        client -> {
          client.send(
              "{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":1},\"cid\":2}");
          assertThat(client.answerTo(2)).contains("ForbiddenError", "may not publish to news");
          client.send(
              "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"#pattern/device/*\"},\"cid\":3}");
          assertThat(client.answerTo(3)).isEqualTo("{\"rid\":3}");
        });
  }

  @FunctionalInterface
  private interface Conversation {
    void with(Client client) throws Exception;
  }

  private static void converse(IntFunction<AGServer> program, Conversation conversation)
      throws Exception {
    AGServer server = program.apply(0);
    try (HttpClient http = HttpClient.newHttpClient()) {
      Client client = new Client();
      URI uri = URI.create("ws://localhost:" + server.port() + "/socketcluster/");
      client.socket = http.newWebSocketBuilder().buildAsync(uri, client).join();
      client.send(HANDSHAKE);
      assertThat(client.answerTo(1)).contains("\"isAuthenticated\":false");
      conversation.with(client);
      client.socket.abort();
    } finally {
      server.close().join();
    }
  }

  /** A client in its barest form: it sends text and keeps what comes. */
  private static final class Client implements WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private @Nullable WebSocket socket;

    void send(String packet) {
      if (socket != null) {
        socket.sendText(packet, true).join();
      }
    }

    String answerTo(int cid) throws InterruptedException {
      return next("{\"rid\":" + cid);
    }

    String next(String part) throws InterruptedException {
      String candidate = "";
      while (candidate != null && !candidate.contains(part)) {
        candidate = received.poll(60, TimeUnit.SECONDS);
      }
      return candidate == null ? "nothing came" : candidate;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        received.add(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
