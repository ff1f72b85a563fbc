// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.SocketProtocolError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that answer pings and clients that do not. */
class PongTimeoutTest {
  private final Queue<Throwable> warnings = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> disconnections = new ConcurrentLinkedQueue<>();

  private TestServer start() {
    return TestServer.start(
        options -> options.pingInterval(Duration.ofMillis(250)).pingTimeout(Duration.ofSeconds(2)),
        server -> {
          server.listener(AGServer.WARNING).consume(event -> warnings.add(event.warning()));
          server
              .listener(AGServer.DISCONNECTION)
              .consume(event -> disconnections.add(event.code()));
        });
  }

  @Test
  void whoDoesNotAnswerIsDisconnectedWithAWarning() {
    try (TestServer test = start()) {
      RawClient client = test.open();
      client.stopAnsweringPings();

      assertThat(client.awaitClose().code()).isEqualTo(4001);
      await().until(() -> disconnections.size() == 1 && warnings.size() == 1);
      assertThat(disconnections).containsExactly(4001);
      assertThat(warnings).hasOnlyElementsOfType(SocketProtocolError.class);
    }
  }

  @Test
  void whoAnswersStaysWithoutAWarning() {
    try (TestServer test = start()) {
      RawClient client = test.open();

      await().until(() -> client.pings() >= 17); // two time-outs long

      assertThat(client.isClosed()).isFalse();
      assertThat(disconnections).isEmpty();
      assertThat(warnings).isEmpty();
    }
  }

  /** A virtual machine that is stopped for a while, or a long collection, is nobody's silence. */
  @Test
  void whoseAnswersWaitWhileTheLoopIsLateStays() {
    CountDownLatch late = new CountDownLatch(1);
    RequestInterceptor stopping =
        (socket, procedure, data) -> {
          await().pollDelay(Duration.ofSeconds(4)).until(() -> true); // on the event loop
          late.countDown();
          return RequestInterceptor.Interception.NONE;
        };
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .eventLoops(1)
                    .pingInterval(Duration.ofMillis(100))
                    .pingTimeout(Duration.ofSeconds(2))
                    .requestInterceptor(stopping))) {
      List<RawClient> clients = IntStream.range(0, 20).mapToObj(each -> test.open()).toList();
      clients.getFirst().invoke("anything", null);
      await().until(() -> late.getCount() == 0);
      int pings = clients.getLast().pings();

      await().until(() -> clients.getLast().pings() > pings + 3);

      assertThat(clients).noneMatch(RawClient::isClosed);
    }
  }
}
