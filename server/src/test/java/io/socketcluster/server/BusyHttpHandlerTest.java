// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.testkit.RawClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The HTTP handler of the application is given so many requests at a time, and no more. */
@Timeout(120)
class BusyHttpHandlerTest {
  private static final int CONCURRENCY = 3;

  private final AtomicInteger inProgress = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Semaphore permits = new Semaphore(0);

  private HttpAnswer answer(HttpRequest request) throws InterruptedException {
    most.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
    try {
      permits.acquire();
      return HttpAnswer.text(200, request.path());
    } finally {
      inProgress.decrementAndGet();
    }
  }

  private TestServer start(int queueLimit, UnaryOperator<AGServerOptions.Builder> more) {
    HttpHandler handler = HttpHandler.withHealthCheck("/health", this::answer);
    return TestServer.start(
        options ->
            more.apply(
                options
                    .httpHandler(handler)
                    .httpConcurrency(CONCURRENCY)
                    .httpQueueLimit(queueLimit)));
  }

  private static RawClient ask(TestServer test, String path) {
    RawClient client = test.tcp();
    client.write(
        ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
    return client;
  }

  private static int waiting(TestServer test) {
    return requireNonNull(AcceptingServer.acceptorOf(test.server()).placesFor("GET", "/"))
        .waiting();
  }

  private List<RawClient> askMany(TestServer test, int count) {
    List<RawClient> clients = IntStream.range(0, count).mapToObj(i -> ask(test, "/" + i)).toList();
    await().until(() -> inProgress.get() == CONCURRENCY);
    return clients;
  }

  @Test
  void requestsBeyondTheConcurrencyWaitAndAreAnsweredAll() {
    try (TestServer test = start(100, options -> options)) {
      List<RawClient> clients = askMany(test, 20);
      permits.release(20);

      for (int i = 0; i < 20; i++) {
        assertThat(clients.get(i).readAll()).startsWith("HTTP/1.1 200 ").endsWith("\r\n/" + i);
      }
      assertThat(most).hasValue(CONCURRENCY);
    }
  }

  @Test
  void requestsBeyondTheQueueGet503AndWhenToTryAgain() {
    try (TestServer test = start(0, options -> options)) {
      List<RawClient> clients = askMany(test, CONCURRENCY);

      assertThat(ask(test, "/more").readAll())
          .startsWith("HTTP/1.1 503 ")
          .containsIgnoringCase("retry-after: 10\r\n");
      permits.release(CONCURRENCY);
      assertThat(clients).allMatch(client -> client.readAll().startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  void aBodyAsLongAsItMayBeArrives() {
    int length = 8 << 20;
    HttpHandler counting = request -> HttpAnswer.text(200, "got " + request.body().length);
    try (TestServer test =
        TestServer.start(
            options ->
                options.httpHandler(counting).maxRequestBody(length).memoryLimit(64 << 20))) {
      RawClient client = test.tcp();
      client.write(
          ("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                  + length
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      client.write(new byte[length]);

      assertThat(client.readAll()).endsWith("got " + length);
    }
  }

  @Test
  void anObserverSeesWhoWasRefused() {
    Queue<String> refused = new ConcurrentLinkedQueue<>();
    ServerObserver observer =
        new ServerObserver() {
          @Override
          public void requestRefused(@Nullable InetAddress clientAddress) {
            refused.add(requireNonNull(clientAddress).getHostAddress());
          }
        };
    try (TestServer test =
        start(0, options -> options.serverObserver(observer).trustedProxies("127.0.0.1"))) {
      askMany(test, CONCURRENCY);
      RawClient client = test.tcp();
      client.write(
          "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n"
              .getBytes(UTF_8));

      assertThat(client.readAll()).startsWith("HTTP/1.1 503 ");
      assertThat(refused).containsExactly("192.0.2.7");
    }
  }

  @Test
  void aRequestThatHasWaitedTooLongGets503() {
    try (TestServer test =
        start(100, options -> options.handshakeTimeout(Duration.ofMillis(300)))) {
      askMany(test, CONCURRENCY);

      assertThat(ask(test, "/waits").readAll()).startsWith("HTTP/1.1 503 ");
    }
  }

  @Test
  void aClientThatHangsUpWhileItWaitsLeavesTheQueue() {
    try (TestServer test = start(1, options -> options)) {
      askMany(test, CONCURRENCY);
      RawClient client = ask(test, "/waits");
      await().until(() -> waiting(test) == 1);

      assertThat(ask(test, "/more").readAll()).startsWith("HTTP/1.1 503 ");
      client.close();
      await().until(() -> waiting(test) == 0);
    }
  }

  @Test
  void aHealthCheckDoesNotWait() {
    try (TestServer test = start(0, options -> options)) {
      askMany(test, CONCURRENCY);

      assertThat(ask(test, "/health").readAll()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aHandlerThatFailsGivesItsPlaceBack() {
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .httpConcurrency(1)
                    .httpQueueLimit(0)
                    .httpHandler(
                        request -> {
                          throw new IllegalStateException("Broken");
                        }))) {
      for (int i = 0; i < 5; i++) {
        assertThat(ask(test, "/" + i).readAll()).startsWith("HTTP/1.1 500 ");
      }
    }
  }
}
