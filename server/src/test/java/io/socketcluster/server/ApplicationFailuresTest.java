// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A fault of the application is seen: by who listens, or else in the log. */
class ApplicationFailuresTest {
  private static final String BUG = ": java.lang.IllegalStateException: a bug";

  private final FailureLines log = FailureLines.record();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stopRecording() {
    log.close();
  }

  private static IllegalStateException bug() {
    return new IllegalStateException("a bug");
  }

  private TestServer serve(Consumer<AGServerSocket> connected) {
    return TestServer.start(
        options -> options, server -> server.onConnection(socket -> connected.accept(socket)));
  }

  private void awaitLine(String line) {
    await().untilAsserted(() -> assertThat(log.lines()).containsExactly(line));
  }

  @Test
  void aProcedureThatThrowsIsLoggedWithItsTrace() {
    try (TestServer test = serve(socket -> socket.procedure("buy").consume(request -> fail()))) {
      JsonNode answer = test.open().call("buy", null);

      assertThat(answer.path("error").path("name").asString("")).isEqualTo("UnknownError");
      awaitLine("WARNING The procedure \"buy\" failed" + BUG);
    }
  }

  private static void fail() {
    throw bug();
  }

  @Test
  void aReceiverThatThrowsIsLogged() {
    try (TestServer test = serve(socket -> socket.receiver("note").consume(data -> fail()))) {
      test.open().transmit("note", 1);

      awaitLine("WARNING The receiver \"note\" failed" + BUG);
    }
  }

  @Test
  void aReceiverThatThrowsAnErrorOfTheProtocolIsLoggedForNobodyElseIsTold() {
    try (TestServer test =
        serve(
            socket ->
                socket
                    .receiver("note")
                    .consume(
                        data -> {
                          throw new AGException("OwnError", "a bug");
                        }))) {
      test.open().transmit("note", 1);

      awaitLine("WARNING The receiver \"note\" failed: OwnError: a bug");
    }
  }

  @Test
  void aConnectionHandlerThatThrowsIsLogged() {
    try (TestServer test = serve(socket -> fail())) {
      test.open();

      awaitLine("WARNING The listener \"connection\" of the server failed" + BUG);
    }
  }

  @Test
  void aListenerOfASocketThatThrowsIsLogged() {
    try (TestServer test =
        serve(socket -> socket.listener(AGServerSocket.SUBSCRIBE).consume(event -> fail()))) {
      test.open().call("#subscribe", Map.of("channel", "news"));

      awaitLine("WARNING The listener \"subscribe\" failed" + BUG);
    }
  }

  @Test
  void aConsumerOfTheExchangeThatThrowsIsLogged() {
    try (TestServer test =
        TestServer.start(
            options -> options,
            server -> server.exchange().subscribe("news").consume(data -> fail()))) {
      test.server().exchange().transmitPublish("news", 1);

      awaitLine("WARNING The broker or a consumer of the exchange failed" + BUG);
    }
  }

  @Test
  void anAuthEngineThatFailsIsLoggedWithItsCause() {
    try (TestServer test =
        TestServer.start(
            options -> AGServerOptions.builder().eventLoops(2).authEngine(new BrokenEngine()))) {
      test.open("any.token.here");

      await()
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .containsExactly(
                          "SEVERE The auth engine failed to verify a token: "
                              + "AuthTokenError: The token could not be verified"));
    }
  }

  private static final class BrokenEngine implements AGAuthEngine {
    @Override
    public String signToken(ObjectNode claims, AuthTokenOptions options) {
      throw bug();
    }

    @Override
    public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
      throw new NoClassDefFoundError("a class of the engine");
    }
  }

  @Test
  void aRequestInterceptorThatThrowsIsLogged() {
    try (TestServer test =
        TestServer.start(
            options ->
                options.requestInterceptor(
                    (socket, procedure, data) -> {
                      throw bug();
                    }))) {
      test.open().call("anything", null);

      awaitLine("WARNING The option requestInterceptor failed" + BUG);
    }
  }

  @Test
  void aRequestInterceptorThatThrowsAnErrorEndsNoSocket() {
    try (TestServer test =
        TestServer.start(
            options ->
                options.requestInterceptor(
                    (socket, procedure, data) -> {
                      throw new AssertionError("a bug");
                    }))) {
      RawClient client = test.open();

      for (int i = 0; i < 2; i++) {
        assertThat(client.call("any", null).path("error").path("name").asString(""))
            .isEqualTo("UnknownError");
      }
      awaitLine("WARNING The option requestInterceptor failed: java.lang.AssertionError: a bug");
    }
  }

  @Test
  void anHttpHandlerThatThrowsIsLogged() {
    try (TestServer test =
        TestServer.start(
            options ->
                options.httpHandler(
                    request -> {
                      throw bug();
                    }))) {
      RawClient client = test.tcp();
      client.write("GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));

      assertThat(client.readAll()).startsWith("HTTP/1.1 500");
      awaitLine("WARNING The option httpHandler failed" + BUG);
    }
  }

  @Test
  void anExecutorThatTakesNoTaskIsLogged() {
    try (TestServer test =
        serve(
            socket ->
                socket
                    .receiver("note")
                    .consume(
                        data -> {},
                        task -> {
                          throw new RejectedExecutionException("full");
                        }))) {
      RawClient client = test.open();
      client.transmit("note", 1);

      awaitLine(
          "WARNING The executor for consumers of \"note\" took no task: "
              + "java.util.concurrent.RejectedExecutionException: full");
    }
  }

  @Test
  void nothingIsLoggedWhileSomebodyListensToTheSocketOrTheServer() {
    try (TestServer test =
        serve(
            socket -> {
              socket.listener(AGServerSocket.ERROR).consume(e -> told.add("" + e.error()));
              socket.procedure("buy").consume(request -> fail());
            })) {
      test.open().call("buy", null);
      await().untilAsserted(() -> assertThat(told).hasSize(1));
    }
    try (TestServer test = serve(socket -> socket.procedure("buy").consume(request -> fail()))) {
      test.server().listener(AGServer.WARNING).consume(e -> told.add("" + e.warning()));
      test.open().call("buy", null);
      await().untilAsserted(() -> assertThat(told).hasSize(2));
    }

    assertThat(log.lines()).isEmpty();
  }

  @Test
  void whatOneClientRepeatsIsLoggedOnce() {
    AtomicInteger calls = new AtomicInteger();
    try (TestServer test =
        serve(
            socket ->
                socket
                    .procedure("buy")
                    .consume(
                        request -> {
                          calls.incrementAndGet();
                          fail();
                        }))) {
      RawClient client = test.open();
      for (int i = 0; i < 500; i++) {
        client.call("buy", i);
      }

      assertThat(calls).hasValue(500);
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void whatClientsCauseByThemselvesIsNotLogged() {
    try (TestServer test =
        serve(
            socket -> {
              socket
                  .procedure("login")
                  .consume(
                      request -> {
                        throw new AGException("FailedLoginError", "no");
                      });
              socket.receiver("number", Integer.class).consume(data -> {});
              told.add(socket.id());
            })) {
      RawClient client = test.open();
      client.call("login", null);
      client.transmit("number", "none");
      client.call("#publish", "malformed");
      client.call("#authenticate", "no token");

      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void whatTheApplicationEmitsItselfIsLoggedWhenNobodyListens() {
    try (TestServer test = serve(socket -> socket.emitError(bug()))) {
      test.server().emitWarning(bug());
      test.server().emitError(bug());
      test.open();

      await()
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .containsExactlyInAnyOrder(
                          "WARNING A warning of the server was emitted" + BUG,
                          "WARNING An error of the server was emitted" + BUG,
                          "WARNING An error of a socket was emitted" + BUG));
    }
  }

  @Test
  void aProcedureThatNobodyConsumesIsToldOnceForEachName() {
    try (TestServer test = serve(socket -> socket.procedure("once").consume(AGRequest::end))) {
      test.server().listener(AGServer.WARNING).consume(e -> told.add(e.warning().getMessage()));
      RawClient client = test.open();
      client.invoke("once", null);
      client.invoke("nobody", null);
      client.invoke("nobody", null);

      await()
          .untilAsserted(
              () ->
                  assertThat(told)
                      .containsExactly(
                          "Nobody consumes the procedure \"nobody\", so its caller waits in vain: "
                              + "consume socket.procedure(\"nobody\") while the connection event"
                              + " is handled"));
      client.invoke("nobody", null);
      client.invoke("later\n", null);
      await().untilAsserted(() -> assertThat(told).hasSize(2));
      assertThat(told).last().asString().contains("\"later?\"");
      assertThat(log.lines()).isEmpty();
    }
  }

  private static String line(String procedure) {
    return "WARNING The procedure \""
        + procedure
        + "\" did not answer a call within ackTimeout: no trace";
  }

  @Test
  void aProcedureThatNeverAnswersIsToldOnce() {
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .ackTimeout(Duration.ofMillis(200))
                    .pingInterval(Duration.ofMillis(100))
                    .pingTimeout(Duration.ofSeconds(60)),
            server ->
                server.onConnection(
                    socket -> {
                      socket.procedure("forgets").consume(request -> {});
                      socket.procedure("forgetsToo").consume(request -> {});
                      socket.procedure("answers").consume(request -> request.end(1));
                    }))) {
      RawClient client = test.open();
      client.call("answers", null);
      client.invoke("forgets", null);
      awaitLine(line("forgets"));

      client.invoke("forgets", null);
      test.open().invoke("forgetsToo", null);
      await()
          .untilAsserted(
              () -> assertThat(log.lines()).containsExactly(line("forgets"), line("forgetsToo")));
    }
  }

  @Test
  void namesThatAClientMakesUpFillNeitherTheMemoryNorTheLog() {
    try (TestServer test = serve(socket -> {})) {
      RawClient client = test.open();
      for (int i = 0; i < 3000; i++) {
        client.invoke("n".repeat(200) + i, null);
        client.invoke("name " + i, null);
      }
      client.call("#publish", "malformed");

      await().untilAsserted(() -> assertThat(log.lines()).hasSize(33));
      assertThat(log.lines()).allMatch(line -> line.length() < 500);
    }
  }

  @Test
  void aTransmitThatNobodyConsumesIsDropped() {
    try (TestServer test = serve(socket -> {})) {
      RawClient client = test.open();
      client.transmit("nobody", null);
      client.call("#publish", "malformed");

      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aFailingListenerOfWarningsIsToldOfAFailureOnceAndNeverOfItsOwn() {
    AtomicInteger calls = new AtomicInteger();
    try (TestServer test = TestServer.start()) {
      ConsumableStream<ServerEvent.Warning> warnings = test.server().listener(AGServer.WARNING);
      warnings.consume(
          e -> {
            calls.incrementAndGet();
            fail();
          });
      warnings.consume(e -> told.add(e.warning().getMessage()));
      RawClient client = test.open();
      client.call("#publish", "malformed");

      awaitLine("WARNING The listener \"warning\" of the server failed" + BUG);
      client.call("#publish", "malformed");
      await().untilAsserted(() -> assertThat(calls).hasValue(2));
      await().untilAsserted(() -> assertThat(told).hasSize(2));
      assertThat(told).doesNotContain("a bug");
    }
  }

  @Test
  void warningsThatASlowListenerHasNotHeardAreBounded() {
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    try (TestServer test = TestServer.start()) {
      AGServer server = test.server();
      server
          .listener(AGServer.WARNING)
          .consume(
              event -> {
                released.await();
                heard.incrementAndGet();
              });
      for (int i = 0; i < 10_000; i++) {
        server.emitWarning(bug());
      }
      awaitLine(
          "WARNING The listeners of warnings are behind, and are not told of a warning" + BUG);
      released.countDown();
      await().until(() -> heard.get() >= 4096);

      server.emitWarning(bug());
      await().until(() -> heard.get() > 4096);
      assertThat(heard).hasValueLessThan(4100);
    }
  }

  @Test
  void aFailingListenerOfASocketsErrorsIsAWarningOfTheServerAndNotToldAgain() {
    AtomicInteger calls = new AtomicInteger();
    try (TestServer test =
        serve(
            socket ->
                socket
                    .listener(AGServerSocket.ERROR)
                    .consume(
                        e -> {
                          calls.incrementAndGet();
                          fail();
                        }))) {
      test.server().listener(AGServer.WARNING).consume(e -> told.add(e.warning().getMessage()));
      RawClient client = test.open();
      client.call("#publish", "malformed");

      await()
          .untilAsserted(
              () ->
                  assertThat(told)
                      .containsExactly("Publish channel name was malformatted", "a bug"));
      assertThat(calls).hasValue(1);
      assertThat(log.lines()).isEmpty();
    }
  }
}
