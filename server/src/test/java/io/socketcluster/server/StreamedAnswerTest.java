// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers whose body is sent while it is made. */
class StreamedAnswerTest {
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
  private static final int MEGABYTE = 1 << 20;

  /** There is one place: an answer that keeps it fails the next request. */
  private static TestServer start(HttpHandler handler) {
    UnaryOperator<AGServerOptions.Builder> options =
        each -> each.httpHandler(handler).httpConcurrency(1).httpQueueLimit(0);
    return TestServer.start(options);
  }

  private static HttpAnswer streamed(HttpAnswer.Body body) {
    return HttpAnswer.streamed(200, "text/plain", body);
  }

  private static RawClient asks(TestServer test, String line, String... fields) {
    RawClient client = test.tcp();
    client.write(
        (line + "\r\nHost: x\r\n" + String.join("\r\n", fields) + "\r\n\r\n").getBytes(UTF_8));
    return client;
  }

  @Test
  void partsArriveWhileTheBodyIsMadeAndTheConnectionStays() {
    CountDownLatch goOn = new CountDownLatch(1);
    HttpHandler handler =
        request ->
            request.path().equals("/next")
                ? HttpAnswer.text(200, "next")
                : streamed(
                    out -> {
                      out.write("first".getBytes(UTF_8));
                      out.flush();
                      goOn.await();
                      out.write("second".getBytes(UTF_8));
                    });
    try (TestServer test = start(handler)) {
      RawClient client = asks(test, "GET / HTTP/1.1");
      assertThat(client.readUntil("5\r\nfirst\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("transfer-encoding: chunked\r\n")
          .doesNotContain("content-length");
      client.write("GET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
      goOn.countDown();
      assertThat(client.readAll()).startsWith("6\r\nsecond" + LAST_CHUNK).endsWith("\r\n\r\nnext");
    }
  }

  @Test
  void aLongBodyArrivesWhole() {
    byte[] body = "0123456789abcdef".repeat(MEGABYTE / 16).getBytes(UTF_8);
    HttpHandler handler =
        request ->
            streamed(
                out -> {
                  out.write('<');
                  out.write(body);
                });
    try (TestServer test = start(handler)) {
      // To a client of HTTP/1.0 there are no chunks, and the body ends with the connection.
      assertThat(asks(test, "GET / HTTP/1.0").readAll())
          .doesNotContain("transfer-encoding")
          .contains("connection: close")
          .endsWith("\r\n\r\n<" + new String(body, UTF_8));
    }
  }

  @Test
  void thereIsNoBodyForAHeadNorForAClientThatHasThisVersion() {
    HttpHandler handler =
        request ->
            streamed(
                    out -> {
                      throw new IllegalStateException("not to be called");
                    })
                .withHeader("etag", "\"1\"");
    try (TestServer test = start(handler)) {
      assertThat(asks(test, "HEAD / HTTP/1.1", "Connection: close").readAll())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("content-type: text/plain\r\n")
          .endsWith("\r\n\r\n")
          .doesNotContain("content-length");
      assertThat(
              asks(test, "GET / HTTP/1.1", "If-None-Match: \"1\"", "Connection: close").readAll())
          .startsWith("HTTP/1.1 304 Not Modified\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void aClientThatDoesNotReadStopsTheWriterAndOneThatHangsUpEndsIt() {
    AtomicLong written = new AtomicLong();
    CompletableFuture<Thread> writer = new CompletableFuture<>();
    CompletableFuture<IOException> ended = new CompletableFuture<>();
    HttpHandler handler =
        request ->
            streamed(
                out -> {
                  writer.complete(Thread.currentThread());
                  try {
                    while (written.get() < 256 * MEGABYTE) {
                      out.write(new byte[64 * 1024]);
                      written.addAndGet(64 * 1024);
                    }
                  } catch (IOException e) {
                    ended.complete(e);
                    throw e;
                  }
                });
    try (TestServer test = start(handler)) {
      RawClient client = asks(test, "GET / HTTP/1.1");
      Thread thread = writer.orTimeout(60, TimeUnit.SECONDS).join();
      await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      client.close();
      assertThat(ended.orTimeout(60, TimeUnit.SECONDS).join()).hasMessage("the client has hung up");
      assertThat(written).hasValueLessThan(256 * MEGABYTE);
      await().until(() -> !thread.isAlive());
    }
  }

  /**
   * Writes one part, and then waits for nothing until it is interrupted.
   *
   * @param waits is completed when no write is under way, which an interrupt would end
   */
  private static HttpHandler endless(
      CompletableFuture<Boolean> waits, CompletableFuture<Boolean> interrupted) {
    return request ->
        streamed(
            out -> {
              out.write("first".getBytes(UTF_8));
              out.flush();
              waits.complete(true);
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.complete(true);
                throw e;
              }
            });
  }

  @Test
  void aWriterThatWaitsForSomethingElseIsInterruptedWhenTheClientHangsUp() {
    CompletableFuture<Boolean> waits = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (TestServer test = start(endless(waits, interrupted))) {
      RawClient client = asks(test, "GET / HTTP/1.1");
      client.readUntil("first");
      waits.orTimeout(60, TimeUnit.SECONDS).join();
      client.close();
      assertThat(interrupted.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    }
  }

  @Test
  void aServerThatClosesEndsAStreamThatDoesNotEnd() {
    CompletableFuture<Boolean> waits = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (TestServer test = start(endless(waits, interrupted))) {
      RawClient client = asks(test, "GET / HTTP/1.1");
      client.readUntil("first");
      waits.orTimeout(60, TimeUnit.SECONDS).join();
      test.server().close().orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(client.readAll()).isEqualTo("\r\n");
      assertThat(interrupted.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    }
  }

  @Test
  void aBodyThatFailsIsNotTakenForAWholeOne() {
    CompletableFuture<Throwable> warned = new CompletableFuture<>();
    HttpHandler handler =
        request ->
            streamed(
                out -> {
                  out.write("first".getBytes(UTF_8));
                  out.flush();
                  throw new IllegalStateException("secret");
                });
    try (TestServer test = start(handler)) {
      test.server().listener(AGServer.WARNING).consume(event -> warned.complete(event.warning()));
      for (int i = 0; i < 2; i++) { // the place is given back
        assertThat(asks(test, "GET / HTTP/1.1").readAll())
            .startsWith("HTTP/1.1 200 OK\r\n")
            .endsWith("\r\n\r\n5\r\nfirst\r\n")
            .doesNotContain("secret");
      }
      assertThat(warned.orTimeout(60, TimeUnit.SECONDS).join()).hasMessage("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
  void aBodyThatFailsBeforeItsFirstPartIsAnError(String version) {
    CompletableFuture<Throwable> warned = new CompletableFuture<>();
    HttpHandler handler =
        request ->
            streamed(
                out -> {
                  out.write("not sent yet".getBytes(UTF_8));
                  throw new IllegalStateException("secret");
                });
    try (TestServer test = start(handler)) {
      test.server().listener(AGServer.WARNING).consume(event -> warned.complete(event.warning()));
      for (int i = 0; i < 2; i++) { // the place is given back
        assertThat(asks(test, "GET / " + version, "Connection: close").readAll())
            .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
            .endsWith("Internal Server Error");
      }
      assertThat(warned.orTimeout(60, TimeUnit.SECONDS).join()).hasMessage("secret");
    }
  }

  @Test
  void aFlushSendsTheHeadAlone() {
    CountDownLatch goOn = new CountDownLatch(1);
    HttpHandler handler =
        request ->
            streamed(
                out -> {
                  out.flush();
                  goOn.await();
                });
    try (TestServer test = start(handler)) {
      RawClient client = asks(test, "GET / HTTP/1.1", "Connection: close");
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
      goOn.countDown();
      assertThat(client.readAll()).isEqualTo("0\r\n\r\n");
    }
  }

  @Test
  void aWriteAfterTheEndSaysSo() {
    CompletableFuture<OutputStream> body = new CompletableFuture<>();
    try (TestServer test = start(request -> streamed(body::complete))) {
      assertThat(asks(test, "GET / HTTP/1.1", "Connection: close").readAll())
          .startsWith("HTTP/1.1 200 OK\r\n");
      OutputStream out = body.orTimeout(60, TimeUnit.SECONDS).join();
      assertThatThrownBy(() -> out.write(1)).hasMessage("the answer has ended");
      assertThatThrownBy(out::flush).hasMessage("the answer has ended");
    }
  }
}
