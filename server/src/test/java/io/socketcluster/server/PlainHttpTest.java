// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainHttpTest {
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  private TestServer start(HttpHandler handler) {
    return TestServer.start(
        options ->
            options.httpHandler(
                request -> {
                  asked.add(request.method() + " " + request.path());
                  return handler.handle(request);
                }));
  }

  /** Sends a request and returns all that comes until the server closes. */
  private static String exchange(TestServer test, String request) {
    RawClient client = test.tcp();
    client.write(request.getBytes(ISO_8859_1));
    return client.readAll();
  }

  private static String get(TestServer test, String path) {
    return exchange(test, "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }

  @Test
  void aGetIsAnswered() {
    try (TestServer test = start(request -> HttpAnswer.text(200, "h\u00e9llo"))) {
      assertThat(get(test, "/health?verbose=1"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("content-type: text/plain; charset=utf-8\r\n")
          .contains("content-length: 6\r\n")
          .contains("connection: close\r\n")
          .endsWith("\r\n\r\nh\u00e9llo");
      assertThat(asked).containsExactly("GET /health");
    }
  }

  @Test
  void aHeadHasTheLengthAndNoBody() {
    try (TestServer test = start(request -> HttpAnswer.text(200, "hello"))) {
      assertThat(exchange(test, "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("content-length: 5\r\n")
          .endsWith("\r\n\r\n");
      assertThat(asked).containsExactly("HEAD /");
    }
  }

  @Test
  void withoutAHandlerEverythingIsNotImplemented() {
    try (TestServer test = TestServer.start()) {
      assertThat(get(test, "/"))
          .startsWith("HTTP/1.1 501 Not Implemented\r\n")
          .endsWith("\r\n\r\nNot Implemented");
      assertThat(get(test, test.server().getPath())).startsWith("HTTP/1.1 501 ");
    }
  }

  @Test
  void whatTheHandlerHasNoAnswerForIsNotImplemented() {
    try (TestServer test = start(request -> null)) {
      assertThat(exchange(test, "DELETE /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 501 ");
      assertThat(asked).containsExactly("DELETE /a");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.IllegalStateException",
        "java.io.IOException",
        "java.lang.StackOverflowError",
        "java.lang.LinkageError"
      })
  void whateverTheHandlerThrowsIsAnInternalServerError(String thrown) {
    try (TestServer test = start(request -> fail(thrown))) {
      assertThat(get(test, "/"))
          .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
          .endsWith("\r\n\r\nInternal Server Error");
    }
  }

  @Test
  void whatTheHandlerThrowsIsAWarningOfTheServer() {
    CompletableFuture<Throwable> warned = new CompletableFuture<>();
    try (TestServer test =
        TestServer.start(
            options -> options.httpHandler(request -> fail("java.lang.IllegalStateException")),
            server ->
                server
                    .listener(AGServer.WARNING)
                    .consume(event -> warned.complete(event.warning())))) {
      assertThat(get(test, "/")).startsWith("HTTP/1.1 500 ");

      assertThat(warned.orTimeout(60, TimeUnit.SECONDS).join())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("secret");
    }
  }

  private static @Nullable HttpAnswer fail(String name) throws Exception {
    Object thrown = Class.forName(name).getConstructor(String.class).newInstance("secret");
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  @Test
  void anAnswerThatCannotBeSentIsAnInternalServerError() {
    try (TestServer test =
        start(
            request ->
                request.path().equals("/status")
                    ? HttpAnswer.text(-1, "text")
                    : HttpAnswer.of(200).withHeader("x-own", "a\r\nb: c"))) {
      assertThat(get(test, "/status")).startsWith("HTTP/1.1 500 ");
      assertThat(get(test, "/header")).startsWith("HTTP/1.1 500 ").doesNotContain("b: c");
    }
  }

  @Test
  void theHeadersOfAnAnswerAreSentButNotThoseOfItsFraming() {
    Map<String, List<String>> headers =
        Map.of(
            "X-Own", List.of("1", "2"),
            "Content-Length", List.of("99"),
            "Transfer-Encoding", List.of("chunked"),
            "Connection", List.of("keep-alive"));
    try (TestServer test = start(request -> new HttpAnswer(404, headers, new byte[] {'a', 'b'}))) {
      assertThat(get(test, "/"))
          .startsWith("HTTP/1.1 404 Not Found\r\n")
          .contains("X-Own: 1\r\n", "X-Own: 2\r\n")
          .containsOnlyOnce("ontent-")
          .contains("content-length: 2\r\n")
          .doesNotContainIgnoringCase("transfer-encoding")
          .doesNotContain("keep-alive")
          .endsWith("\r\n\r\nab");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a/b?c=d/e, /a/b",
    "/a%20b, /a b",
    "/%C5%82, /\u0142",
    "/a+b, /a+b",
    "/a%2Fb, /a/b",
    "/..%2f..%2fetc, /../../etc",
  })
  void thePathIsDecoded(String sent, String path) {
    try (TestServer test = start(request -> HttpAnswer.text(200, "OK"))) {
      assertThat(get(test, sent)).startsWith("HTTP/1.1 200 ");
      assertThat(asked).containsExactly("GET " + path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /% HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nA\0: b\r\n\r\n",
        "\0\1\2\r\n\r\n",
        "nothing\r\n\r\n",
      })
  void whatIsNoRequestIsABadOne(String request) {
    try (TestServer test = start(asking -> HttpAnswer.text(200, "OK"))) {
      assertThat(exchange(test, request)).startsWith("HTTP/1.1 400 Bad Request\r\n");
      assertThat(asked).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 3_000_000})
  void aBodyOfAnyLengthComesWhole(int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) 'x');
    try (TestServer test = start(request -> new HttpAnswer(200, Map.of(), body))) {
      String answer = get(test, "/");

      assertThat(answer).contains("content-length: " + length + "\r\n");
      assertThat(answer.length() - answer.indexOf("\r\n\r\n") - 4).isEqualTo(length);
    }
  }

  @Test
  void aRequestThatDoesNotComeInTimeIsCut() {
    try (TestServer test =
        TestServer.start(options -> options.handshakeTimeout(Duration.ofMillis(300)))) {
      RawClient silent = test.tcp();
      RawClient slow = test.tcp();
      slow.write("GET / HTTP/1.1\r\nHost:".getBytes(ISO_8859_1));

      assertThat(silent.readAll()).isEmpty();
      assertThat(slow.readAll()).isEmpty();
    }
  }

  @Test
  void aHandlerMayTakeLongerThanTheRequestMay() throws InterruptedException {
    CountDownLatch late = new CountDownLatch(1);
    AtomicInteger handled = new AtomicInteger();
    HttpHandler slow =
        request -> {
          late.await();
          handled.incrementAndGet();
          return HttpAnswer.text(200, "late");
        };
    try (TestServer test =
        TestServer.start(
            options -> options.handshakeTimeout(Duration.ofMillis(200)).httpHandler(slow))) {
      RawClient client = test.tcp();
      client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(test.tcp().readAll()).as("one that is silent is cut meanwhile").isEmpty();
      assertThat(handled).hasValue(0);
      late.countDown();

      assertThat(client.readAll()).startsWith("HTTP/1.1 200 ").endsWith("late");
    }
  }

  @Test
  void theServerGoesOnForItsSockets() {
    try (TestServer test = start(request -> HttpAnswer.text(200, "OK"))) {
      RawClient before = test.open();
      assertThat(get(test, "/").getBytes(StandardCharsets.UTF_8)).isNotEmpty();
      RawClient after = test.open();

      assertThat(before.call("#subscribe", Map.of("channel", "a")).has("error")).isFalse();
      assertThat(after.call("#subscribe", Map.of("channel", "a")).has("error")).isFalse();
    }
  }
}
