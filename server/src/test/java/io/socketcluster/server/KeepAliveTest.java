// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that stay for more than one request, and bodies. */
class KeepAliveTest {
  private static final String CLOSE = "Connection: close\r\n";

  private static TestServer start(HttpHandler handler) {
    return TestServer.start(options -> options.httpHandler(handler).maxRequestBody(1000));
  }

  private static String request(String line, String headers, String body) {
    return line + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
  }

  private static String withBody(String line, String headers, String body) {
    return request(line, headers + "Content-Length: " + body.length() + "\r\n", body);
  }

  private static void write(RawClient client, String text) {
    client.write(text.getBytes(ISO_8859_1));
  }

  private static String exchange(TestServer test, String... parts) {
    try (RawClient client = test.tcp()) {
      for (String part : parts) {
        write(client, part);
      }
      return client.readAll();
    }
  }

  @Test
  void aConnectionStaysForTheNextRequest() {
    try (TestServer test = start(request -> HttpAnswer.of(204))) {
      RawClient client = test.tcp();
      for (int i = 0; i < 3; i++) {
        write(client, request("GET /" + i, "", ""));
        assertThat(client.readHead()).startsWith("HTTP/1.1 204 ").doesNotContain("close");
      }
      write(client, request("GET /last", CLOSE, ""));
      assertThat(client.readAll()).startsWith("HTTP/1.1 204 ").contains("connection: close");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    HttpHandler handler =
        request -> {
          if (request.path().equals("/slow")) {
            TimeUnit.MILLISECONDS.sleep(200);
            assertThat(second.getCount()).as("one after the other").isEqualTo(1);
          } else {
            second.countDown();
          }
          return HttpAnswer.text(200, request.path() + request.bodyText() + ";");
        };
    try (TestServer test = start(handler)) {
      String answers =
          exchange(
              test,
              request("GET /slow", "", "")
                  + withBody("POST /b", "", "body")
                  + request("GET /c", CLOSE, ""));

      assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(4);
      assertThat(answers).containsSubsequence("/slow;", "/bbody;", "/c;");
    }
  }

  @Test
  void anUpgradeBehindARequestIsAnsweredAfterIt() {
    try (TestServer test = start(request -> HttpAnswer.of(204))) {
      RawClient client = test.tcp();
      write(client, request("GET /", "", "") + RawClient.upgradeRequest("/socketcluster/"));

      assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
      client.readUpgradeAnswer();
      assertThat(client.handshake(null).path("id").isString()).isTrue();
    }
  }

  @Test
  void anIdleConnectionIsClosed() {
    try (TestServer test =
        TestServer.start(options -> options.keepAliveTimeout(Duration.ofMillis(200)))) {
      assertThat(exchange(test, request("GET /", "", ""))).startsWith("HTTP/1.1 501 ");
    }
  }

  @Test
  void aClientOfVersionOneDotZeroIsAnsweredOnceUnlessItAsksForMore() {
    try (TestServer test = start(request -> HttpAnswer.text(200, "x"))) {
      assertThat(exchange(test, "GET / HTTP/1.0\r\n\r\n")).contains("connection: close");
      RawClient client = test.tcp();
      write(client, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.readHead()).contains("connection: keep-alive");
    }
  }

  @Test
  void theHandlerSeesAllOfARequest() {
    CompletableFuture<HttpRequest> seen = new CompletableFuture<>();
    HttpHandler handler =
        request -> {
          seen.complete(request);
          return HttpAnswer.json(201, Map.of("ok", true));
        };
    try (TestServer test = start(handler)) {
      String answer =
          exchange(
              test,
              withBody(
                  "PUT /a%20b?c=1&c=2&d=%C3%A9",
                  CLOSE
                      + "X-Own: 1\r\nx-own: 2\r\nCookie: s=5; t=6\r\n"
                      + "Content-Type: text/plain; charset=ISO-8859-1\r\n",
                  "h\u00e9"));

      assertThat(answer)
          .startsWith("HTTP/1.1 201 Created\r\n")
          .contains("content-type: application/json\r\n", "date: ")
          .endsWith("{\"ok\":true}");
      HttpRequest request = seen.join();
      assertThat(request.server()).isSameAs(test.server());
      assertThat(request.method()).isEqualTo("PUT");
      assertThat(request.isRead()).isFalse();
      assertThat(request.path()).isEqualTo("/a b");
      assertThat(request.uri()).isEqualTo("/a%20b?c=1&c=2&d=%C3%A9");
      assertThat(request.query()).containsEntry("c", List.of("1", "2"));
      assertThat(request.query("d")).isEqualTo("\u00e9");
      assertThat(request.headers()).containsEntry("x-own", List.of("1", "2"));
      assertThat(request.header("X-OWN")).isEqualTo("1");
      assertThat(request.cookie("t")).isEqualTo("6");
      assertThat(request.remoteAddress()).isNotNull().isEqualTo(request.clientAddress());
      assertThat(request.remotePort()).isPositive();
      assertThat(request.bodyText()).isEqualTo("h\u00e9");
      assertThat(request.toString()).contains("/a%20b").doesNotContain("c=1", "s=5", "h\u00e9");
    }
  }

  @Test
  void aBodyInChunksComesWhole() {
    try (TestServer test = start(request -> HttpAnswer.text(200, request.bodyText()))) {
      assertThat(
              exchange(
                  test,
                  request("POST /", CLOSE + "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n"),
                  "2\r\nde\r\n",
                  "0\r\n\r\n"))
          .endsWith("\r\n\r\nabcde");
    }
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 1001, ''", "Transfer-Encoding: chunked, 3E9"})
  void aBodyThatIsTooLongIsRefused(String field, String chunk) {
    try (TestServer test = start(request -> HttpAnswer.of(204))) {
      String body = chunk + (chunk.isEmpty() ? "" : "\r\n") + "x".repeat(1001);

      assertThat(exchange(test, request("POST /", field + "\r\n", body)))
          .startsWith("HTTP/1.1 413 ")
          .contains("connection: close")
          .endsWith("The body has more than 1000 bytes");
    }
  }

  @Test
  void aBodyAtTheBoundIsAccepted() {
    try (TestServer test =
        start(request -> HttpAnswer.text(200, String.valueOf(request.body().length)))) {
      assertThat(exchange(test, withBody("POST /", CLOSE, "x".repeat(1000)))).endsWith("1000");
    }
  }

  @Test
  void aClientThatWaitsToBeAskedForItsBodyIsAskedUnlessItIsTooLong() {
    String expect = "Expect: 100-continue\r\n";
    try (TestServer test = start(request -> HttpAnswer.text(200, request.bodyText()))) {
      RawClient client = test.tcp();
      write(client, request("POST /", CLOSE + expect + "Content-Length: 3\r\n", ""));
      assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      write(client, "abc");
      assertThat(client.readAll()).startsWith("HTTP/1.1 200 ").endsWith("abc");

      assertThat(exchange(test, request("POST /", expect + "Content-Length: 1001\r\n", "")))
          .startsWith("HTTP/1.1 413 ");
      assertThat(exchange(test, request("POST /", "Expect: tea\r\n", "")))
          .startsWith("HTTP/1.1 417 ");
    }
  }

  @Test
  void aBodyThatComesTooSlowlyIsCut() {
    try (TestServer test =
        TestServer.start(options -> options.handshakeTimeout(Duration.ofMillis(300)))) {
      assertThat(exchange(test, request("POST /", "Content-Length: 9\r\n", "a"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void aBodyWhoseLengthMakesNoSenseIsABadRequest(String request) {
    try (TestServer test = start(asked -> HttpAnswer.of(204))) {
      assertThat(exchange(test, request)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void whatTheClientHasAlreadyIsNotSentAgain() {
    HttpHandler handler = request -> HttpAnswer.text(200, "text").withHeader("etag", "\"v1\"");
    try (TestServer test = start(handler)) {
      for (String tag : List.of("\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*")) {
        assertThat(exchange(test, request("GET /", CLOSE + "If-None-Match: " + tag + "\r\n", "")))
            .startsWith("HTTP/1.1 304 ")
            .contains("etag: \"v1\"")
            .doesNotContain("content-length")
            .endsWith("\r\n\r\n");
      }
      assertThat(exchange(test, request("GET /", CLOSE + "If-None-Match: \"v2\"\r\n", "")))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("text");
      assertThat(exchange(test, withBody("POST /", CLOSE + "If-None-Match: *\r\n", "")))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aHandlerIsInterruptedWhenTheClientHangsUp() {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
    HttpHandler handler =
        request -> {
          asked.complete(null);
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.complete(e);
          }
          return null;
        };
    try (TestServer test = start(handler)) {
      RawClient client = test.tcp();
      write(client, request("GET /", "", ""));
      asked.orTimeout(60, TimeUnit.SECONDS).join();
      client.close();

      assertThat(interrupted.orTimeout(60, TimeUnit.SECONDS).join())
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aClosingServerKeepsNoConnection() {
    CountDownLatch going = new CountDownLatch(1);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    HttpHandler handler =
        request -> {
          asked.complete(null);
          going.await();
          return HttpAnswer.text(200, new String(request.body(), UTF_8));
        };
    try (TestServer test = start(handler)) {
      RawClient socket = test.open(); // what the server waits for
      RawClient client = test.tcp();
      write(client, request("GET /", "", ""));
      asked.orTimeout(60, TimeUnit.SECONDS).join();
      socket.stopAnsweringClose();
      CompletableFuture<Void> closed = test.server().close();
      socket.awaitClose();
      going.countDown();

      assertThat(client.readHead()).contains("connection: close");
      socket.close();
      closed.join();
    }
  }
}
