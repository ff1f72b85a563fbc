// SPDX-License-Identifier: MIT
package io.socketcluster.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another backend calls a server. */
class HttpApiTest {
  private static final String ALL = "0123456789abcdef0123456789abcdef";
  private static final String NEWS = "news-6789abcdef0123456789abcdef01";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JwtAuthEngine tokens =
      JwtAuthEngine.of(AuthKey.secret("a-key-of-its-own-with-32-bytes-or-more"));
  private final HttpApiOptions options =
      HttpApiOptions.builder()
          .apiKey("all", ALL, "publish", "kick-out", "disconnect", "count")
          .apiKey("news", NEWS, "publish:news/", "count:news/")
          .tokenEngine(tokens)
          .maxBatch(3)
          .build();
  private final HttpHandler others = request -> HttpAnswer.text(200, "the application");
  private final AGServer server =
      SocketCluster.listen(
          0,
          AGServerOptions.builder()
              .authKey("the-key-of-users-with-32-bytes-or-more")
              .closeTimeout(Duration.ofMillis(200))
              .httpHandler(HttpApi.with(options, others))
              .build());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    server.close().join();
  }

  private HttpRequest.Builder request(String name, String key) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/" + name))
        .header("authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> post(String name, String key, String body) {
    return send(request(name, key).POST(BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private String get(String name) {
    return send(request(name, ALL)).body();
  }

  private RawClient client(String username) {
    String token = server.auth().signToken(Map.of("username", username));
    RawClient client = RawClient.upgraded(server.port(), "/socketcluster/");
    client.handshake(token);
    return client;
  }

  private RawClient subscriber(String username, String channel) {
    RawClient client = client(username);
    client.call("#subscribe", Map.of("channel", channel));
    return client;
  }

  @Test
  void subscribersReceiveWhatIsPublished() {
    try (RawClient client = subscriber("ann", "news/today")) {
      assertThat(post("publish", ALL, "{'channel':'news/today','data':{'a':[1]}}"))
          .returns(200, HttpResponse::statusCode)
          .returns("{\"published\":1}", HttpResponse::body);
      assertThat(client.nextJson().path("data").path("data").toString()).isEqualTo("{\"a\":[1]}");
      post(
          "batch",
          ALL,
          "{'messages':[{'channel':'news/today','data':1},{'channel':'news/today'}]}");
      assertThat(client.nextJson().path("data").path("data").intValue()).isEqualTo(1);
      assertThat(client.nextJson().path("data").path("data").isNull()).isTrue();
    }
  }

  @Test
  void aRepeatedRequestPublishesOnce() {
    try (RawClient client = subscriber("ann", "news")) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            send(
                request("publish", ALL)
                    .header("idempotency-key", "order-1")
                    .POST(BodyPublishers.ofString("{\"channel\":\"news\",\"data\":1}")));
        assertThat(answer.statusCode()).isEqualTo(200);
      }
      post("publish", ALL, "{'channel':'news','data':2}");
      assertThat(client.nextJson().path("data").path("data").intValue()).isEqualTo(1);
      assertThat(client.nextJson().path("data").path("data").intValue()).isEqualTo(2);
    }
  }

  @Test
  void clientsAndSubscribersAreCounted() {
    try (RawClient ann = subscriber("ann", "news/a");
        RawClient bob = client("bob")) {
      assertThat(get("count")).contains("\"count\":2", "\"servers\":1", "\"missing\":0");
      assertThat(get("count?channel=news%2Fa")).contains("\"count\":1");
      assertThat(ann.isClosed() || bob.isClosed()).isFalse();
    }
  }

  @Test
  void socketsAreKickedOutAndDisconnected() {
    try (RawClient ann = subscriber("ann", "news");
        RawClient bob = client("bob")) {
      String claim = "'claim':{'name':'username','value':'ann'}";
      assertThat(
              post("kick-out", ALL, "{" + claim + ",'channel':'news','message':'enough'}").body())
          .contains("\"count\":1");
      assertThat(ann.nextJson().path("event").stringValue()).isEqualTo("#kickOut");
      assertThat(post("disconnect", ALL, "{" + claim + ",'code':4600,'reason':'bye'}").body())
          .contains("\"count\":1");
      assertThat(ann.awaitClose().code()).isEqualTo(4600);
      assertThat(post("disconnect", ALL, "{'socketId':'" + bob.id() + "'}").body())
          .contains("\"count\":1");
      assertThat(bob.awaitClose().code()).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          publish    | {'channel':'news/a'}                                  | 200
          publish    | {'channel':'other'}                                   | 403
          batch      | {'messages':[{'channel':'news/a'},{'channel':'b'}]}   | 403
          disconnect | {'socketId':'x'}                                      | 403
          kick-out   | {'socketId':'x','channel':'news/a'}                   | 403
          """)
  void scopesAreKept(String name, String body, int status) {
    assertThat(post(name, NEWS, body).statusCode()).isEqualTo(status);
    String token = tokens.signToken(Map.of("sub", "php", "scope", "publish:news/ count"));
    assertThat(post(name, token, body).statusCode()).isEqualTo(status);
  }

  @Test
  void unknownCallersAreRefused() {
    String user = server.auth().signToken(Map.of("scope", "publish"));
    for (String key : new String[] {"", "x", ALL + "x", user}) {
      HttpResponse<String> answer = post("publish", key, "{'channel':'a'}");
      assertThat(answer.statusCode()).as(key).isEqualTo(401);
      assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
    }
  }

  @Test
  void aTokenThatNamesNoCallerIsRefused() {
    for (Map<String, ?> claims :
        List.of(
            Map.of("scope", "publish"),
            Map.of("scope", "publish", "sub", " "),
            Map.of("scope", "publish", "sub", 7))) {
      assertThat(post("publish", tokens.signToken(claims), "{'channel':'a'}"))
          .returns(401, HttpResponse::statusCode);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          publish    | nonsense                                               | 400
          publish    | []                                                     | 400
          publish    | {}                                                     | 400
          publish    | {'channel':1}                                          | 400
          publish    | {'channel':'#cluster'}                                 | 400
          publish    | {'channel':'a','dta':1}                                | 400
          batch      | {'messages':{}}                                        | 400
          batch      | {'messages':[{},{},{},{}]}                             | 400
          disconnect | {}                                                     | 400
          disconnect | {'socketId':'x','claim':{'name':'a','value':1}}        | 400
          disconnect | {'socketId':'x','code':1006}                           | 400
          kick-out   | {'claim':{'name':'a','value':{}}}                      | 400
          count      | {}                                                     | 405
          kick-out   | {'socketId':'x','channel':null}                        | 400
          other      | {}                                                     | 200
          """)
  void whatMakesNoSenseIsRefused(String name, String body, int status) {
    assertThat(post(name, ALL, body).statusCode()).isEqualTo(status);
  }

  @Test
  void theDescriptionNamesEveryCall() {
    JsonNode description = MAPPER.readTree(get("openapi.json"));
    assertThat(description.path("servers").path(0).path("url").stringValue()).isEqualTo("/api");
    JsonNode paths = description.path("paths");
    assertThat(paths.propertyNames())
        .containsExactlyInAnyOrder(
            "/publish", "/batch", "/kick-out", "/disconnect", "/count", "/openapi.json");
    for (String path : paths.propertyNames()) {
      String method = paths.path(path).propertyNames().iterator().next();
      HttpResponse<String> other =
          send(request(path.substring(1), ALL).method("PUT", BodyPublishers.noBody()));
      assertThat(other.headers().firstValue("allow")).contains(method.toUpperCase(Locale.ROOT));
    }
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThatExceptionOfType(InvalidOptionsError.class)
        .isThrownBy(() -> HttpApiOptions.builder().apiKey("a", "short", "publish").build())
        .withMessageContaining("the secret of a")
        .withMessageNotContaining("short");
    assertThatExceptionOfType(InvalidOptionsError.class)
        .isThrownBy(() -> HttpApiOptions.builder().apiKey("a", ALL, "publsh").build());
    assertThatExceptionOfType(InvalidOptionsError.class)
        .isThrownBy(() -> HttpApiOptions.builder().path("api").build());
    assertThat(options.apiKeys().toString()).doesNotContain(ALL);
  }
}
