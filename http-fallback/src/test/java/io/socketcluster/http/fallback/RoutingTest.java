// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.testkit.RawClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every combination of method, name, session, upgrade and origin has an answer. */
class RoutingTest {
  private final TestFallback fallback =
      new TestFallback(
          options -> options.origins("good.example:*"),
          options -> options.maxSessionsPerAddress(2).maxRequestBody(2000));

  @AfterEach
  void close() {
    fallback.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, fallback.js, 200",
    "POST, fallback.js, 405",
    "POST, open, 200",
    "GET, open, 405",
    "OPTIONS, open, 204",
    "GET, events?sid=unknown&after=0, 404",
    "GET, events, 404",
    "POST, events?sid=unknown, 405",
    "POST, messages?sid=unknown, 404",
    "GET, messages?sid=unknown, 405",
    "OPTIONS, messages?sid=unknown, 204",
    "GET, websocket?sid=unknown, 426",
    "GET, other, 501",
    "GET, fallback.js/, 501",
  })
  void requestsAreAnswered(String method, String name, int status) {
    HttpResponse<String> answer =
        fallback.send(fallback.request(name).method(method, BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void aRequestAsForAProxyIsAnsweredAtTheRoot() {
    AGEndpoint root = AGEndpoint.of("/").withProtocolVersion(ProtocolVersion.V2);
    try (TestFallback atRoot = new TestFallback(all -> all, options -> options.endpoint(root));
        RawClient client = RawClient.tcp(atRoot.server.port())) {
      client.write(
          "GET http://chat.example/fallback.js?a=/ HTTP/1.1\r\nHost: chat.example\r\n\r\n"
              .getBytes(ISO_8859_1));
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").contains("text/javascript");
    }
  }

  @Test
  void theScriptIsSentOnce() {
    HttpResponse<String> script = fallback.get("fallback.js");
    assertThat(script.headers().firstValue("content-type").orElse(""))
        .startsWith("text/javascript");
    String etag = script.headers().firstValue("etag").orElseThrow();
    assertThat(fallback.send(fallback.request("fallback.js").header("if-none-match", etag)))
        .returns(304, HttpResponse::statusCode);
  }

  @Test
  void aSessionBelongsToItsOrigin() {
    assertThat(from("http://bad.example", "open").statusCode()).isEqualTo(403);
    HttpResponse<String> opened = from("http://good.example", "open");
    assertThat(opened.statusCode()).isEqualTo(200);
    assertThat(opened.headers().firstValue("access-control-allow-origin"))
        .contains("http://good.example");
    assertThat(opened.headers().firstValue("cache-control")).contains("no-store, no-transform");
    String messages = "messages?sid=" + opened.body().replaceAll("(?s).*data: (\\S+)\n\n", "$1");
    assertThat(from("http://good.example", messages).statusCode()).isEqualTo(200);
    assertThat(from("http://good.example:81", messages).statusCode()).isEqualTo(404);
    assertThat(from("http://bad.example", messages).statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> from(String origin, String name) {
    return fallback.send(
        fallback.request(name).header("origin", origin).POST(BodyPublishers.noBody()));
  }

  @Test
  void limitsAreKept() {
    String session = fallback.open();
    fallback.open();
    assertThat(fallback.post("open", "").statusCode()).as("too many sessions").isEqualTo(429);
    assertThat(fallback.say(session, 1, "x".repeat(2000)).statusCode()).isEqualTo(413);
    assertThat(fallback.post("messages?" + session, "nonsense").statusCode()).isEqualTo(400);
    assertThat(fallback.poll(session, 0).statusCode()).as("it is closed").isEqualTo(404);
    assertThat(fallback.post("open", "").statusCode()).isEqualTo(200);
  }

  @Test
  void upgradesAreAnswered() {
    assertThat(upgradeHead("websocket?sid=unknown")).startsWith("HTTP/1.1 404 ");
    assertThat(upgradeHead("open")).startsWith("HTTP/1.1 400 ");
    assertThat(upgradeHead("other")).as("of the application").startsWith("HTTP/1.1 501 ");
    assertThat(upgradeHead("websocket?sid=x", "Origin: http://bad.example\r\n"))
        .startsWith("HTTP/1.1 403 ");
  }

  private String upgradeHead(String name, String... headers) {
    try (RawClient client = RawClient.tcp(fallback.server.port())) {
      client.write(
          RawClient.upgradeRequest(TestFallback.PATH + name, headers).getBytes(ISO_8859_1));
      return client.readHead();
    }
  }

  @Test
  void aBlockedHandshakeIsUnauthorized() {
    fallback.server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE,
        AGMiddleware.each(action -> action.block(new AGException("NoEntryError", "Not you"))));
    HttpResponse<String> answer = fallback.post("open?token=x", "");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("Not you");
  }
}
