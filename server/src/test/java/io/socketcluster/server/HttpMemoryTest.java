// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.testkit.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What plain HTTP makes the server keep is in its account of memory. */
@Timeout(120)
class HttpMemoryTest {
  private static final int MEGABYTE = 1 << 20;

  private static TestServer start(HttpHandler handler) {
    UnaryOperator<AGServerOptions.Builder> options = each -> each.httpHandler(handler);
    return TestServer.start(options);
  }

  private static long heldBy(TestServer test) {
    return AcceptingServer.acceptorOf(test.server()).memory().heldBytes();
  }

  private static RawClient asks(TestServer test, String request) {
    RawClient client = test.tcp();
    client.write((request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
    return client;
  }

  @Test
  void anAnswerThatIsNotReadIsCountedAndArrivesWholeWhenItIs() {
    byte[] body = "0123456789abcdef".repeat(16 * MEGABYTE / 16).getBytes(UTF_8);
    try (TestServer test = start(request -> HttpAnswer.of(200, "text/plain", body))) {
      RawClient client = asks(test, "GET /");
      await().until(() -> heldBy(test) >= 16 * MEGABYTE);
      assertThat(client.readAll()).endsWith("\r\n\r\n" + new String(body, UTF_8));
      await().until(() -> heldBy(test) == 0);
    }
  }

  @Test
  void anAnswerThatManyAreSentCountsOnce() {
    byte[] body = new byte[8 * MEGABYTE];
    try (TestServer test = start(request -> HttpAnswer.of(200, "text/plain", body))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(asks(test, "GET /"));
      }
      await().until(() -> heldBy(test) > 7 * MEGABYTE && heldBy(test) < 9 * MEGABYTE);
      clients.forEach(RawClient::close);
      await().until(() -> heldBy(test) == 0);
    }
  }

  @Test
  void thoseWhoDoNotReadTheirAnswersAreClosedWhenTheyAreTooMuch() {
    HttpHandler handler = request -> HttpAnswer.of(200, "text/plain", new byte[4 * MEGABYTE]);
    try (TestServer test =
        TestServer.start(options -> options.memoryLimit(16 * MEGABYTE).httpHandler(handler))) {
      for (int i = 0; i < 8; i++) {
        asks(test, "GET /");
      }
      await().until(() -> heldBy(test) > 8 * MEGABYTE && heldBy(test) <= 16 * MEGABYTE);
      // While more answers come, the server is full for a moment and lets nobody in.
      await().ignoreExceptions().until(() -> isServed(test));
    }
  }

  @Test
  void theClosedConnectionOfARequestIsAWarning() {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    HttpHandler handler = request -> HttpAnswer.of(200, "text/plain", new byte[4 * MEGABYTE]);
    try (TestServer test =
        TestServer.start(
            options -> options.memoryLimit(16 * MEGABYTE).httpHandler(handler),
            server ->
                server
                    .listener(AGServer.WARNING)
                    .consume(event -> told.add(event.warning().getMessage())))) {
      for (int i = 0; i < 8; i++) {
        asks(test, "GET /");
      }

      await()
          .untilAsserted(
              () ->
                  assertThat(told)
                      .anySatisfy(
                          each -> assertThat(each).contains("of a request from /127.0.0.1")));
    }
  }

  private static boolean isServed(TestServer test) {
    return !test.open().call("#subscribe", Map.of("channel", "x")).has("error");
  }

  @Test
  void aFileIsKeptOnceForAllWhoAreSentIt(@TempDir Path directory) throws Exception {
    Files.write(directory.resolve("big"), new byte[8 * MEGABYTE]);
    try (TestServer test = start(HttpHandler.files(directory))) {
      for (int i = 0; i < 20; i++) {
        asks(test, "GET /big");
      }
      await().until(() -> heldBy(test) > 7 * MEGABYTE);
      await()
          .during(Duration.ofMillis(300))
          .until(() -> heldBy(test) > 7 * MEGABYTE && heldBy(test) < 9 * MEGABYTE);
    }
  }

  @Test
  void aLargeFileThatChangesIsReadAgain(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("big");
    Files.writeString(file, "a".repeat(100_000));
    try (TestServer test = start(HttpHandler.files(directory))) {
      assertThat(asks(test, "GET /big").readAll()).endsWith("a".repeat(100_000));
      Files.writeString(file, "b".repeat(100_001));
      assertThat(asks(test, "GET /big").readAll()).endsWith("b".repeat(100_001));
    }
  }

  @Test
  void theBodyOfARequestIsCountedUntilItIsAnswered() {
    CountDownLatch proceed = new CountDownLatch(1);
    HttpHandler handler =
        request -> {
          proceed.await();
          return HttpAnswer.text(200, String.valueOf(request.body().length));
        };
    try (TestServer test = start(handler)) {
      RawClient client = test.tcp();
      client.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n".getBytes(UTF_8));
      client.write(new byte[499_999]);
      await().until(() -> heldBy(test) >= 499_999);
      client.write(new byte[1]);
      proceed.countDown();
      assertThat(client.readHead()).startsWith("HTTP/1.1 200");
      await().until(() -> heldBy(test) == 0);
    }
  }
}
