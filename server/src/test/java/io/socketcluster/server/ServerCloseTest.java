// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.core.AGChannel;
import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ServerCloseTest {
  private static final RawClient.Closed COME_BACK = new RawClient.Closed(4000, "Server is closing");

  private static long loopThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("socketcluster-"))
        .count();
  }

  @Test
  @Timeout(120)
  void closingTellsEveryClientToComeBackAndLeavesNoThreadAndNoPort() throws Exception {
    TestServer test = TestServer.start();
    int port = test.port();
    List<RawClient> open = IntStream.range(0, 10).mapToObj(i -> test.open()).toList();
    RawClient idle = test.tcp();
    RawClient pending =
        test.upgraded(); // accepted after the idle one, which the kernel would reset

    test.server().close().get(60, TimeUnit.SECONDS);

    open.forEach(client -> assertThat(client.awaitClose()).isEqualTo(COME_BACK));
    assertThat(pending.awaitClose()).isEqualTo(COME_BACK);
    assertThat(idle.readAll()).isEmpty();
    assertThat(test.server().clientsCount()).isZero();
    assertThat(test.server().isReady()).isFalse();
    await().until(() -> loopThreads() == 0);
    try (ServerSocket free = new ServerSocket(port)) {
      assertThat(free.isBound()).isTrue();
    }
    test.close();
  }

  @Test
  @Timeout(120)
  void loopsOverAChannelOfTheExchangeEndWithTheServer() throws Exception {
    TestServer test = TestServer.start();
    AGChannel<JsonNode> channel = test.server().exchange().subscribe("news");
    List<JsonNode> received = new CopyOnWriteArrayList<>();
    CountDownLatch consumes = new CountDownLatch(1);
    Thread loop =
        Thread.startVirtualThread(
            () -> {
              StreamConsumer<JsonNode> consumer = channel.createConsumer();
              consumes.countDown();
              for (JsonNode message : consumer) {
                received.add(message);
              }
            });
    consumes.await();
    test.server().exchange().invokePublish("news", "the last").join();

    test.close();

    assertThat(loop.join(Duration.ofSeconds(60))).isTrue();
    assertThat(received).extracting(JsonNode::asString).containsExactly("the last");
  }

  @Test
  @Timeout(120)
  void aBrokerThatWasGivenOutlivesTheServer() {
    AGSimpleBroker broker = new AGSimpleBroker();
    TestServer test = TestServer.start(options -> options.brokerEngine(broker));

    test.close();

    assertThat(broker.isReady()).isTrue();
    broker.close();
  }

  @Test
  @Timeout(120)
  void closingTwiceIsClosingOnce() {
    TestServer test = TestServer.start();
    RawClient client = test.open();
    client.stopAnsweringClose();

    CompletableFuture<Void> first = test.server().close();
    CompletableFuture<Void> second = test.server().close();

    await().until(() -> first.isDone() && second.isDone());
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    test.close();
  }

  @Test
  @Timeout(120)
  void whatFollowsTheCloseRunsOnNoThreadOfNetty() {
    TestServer test = TestServer.start();
    test.open();
    AtomicReference<Thread> thread = new AtomicReference<>();
    CompletableFuture<Void> after =
        test.server().close().thenRun(() -> thread.set(Thread.currentThread()));

    await().until(after::isDone);

    assertThat(thread.get())
        .satisfiesAnyOf(
            t -> assertThat(t.isVirtual()).isTrue(),
            t -> assertThat(t).isSameAs(Thread.currentThread()));
    test.close();
  }

  @Test
  @Timeout(120)
  void clientsThatConnectWhileTheServerClosesDoNotHoldItUp() throws Exception {
    for (int round = 0; round < 4; round++) {
      TestServer test = TestServer.start();
      int port = test.port();
      List<Thread> connecting =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      Thread.startVirtualThread(
                          () -> {
                            try {
                              RawClient.upgraded(port, "/socketcluster/").stopAnsweringClose();
                            } catch (RuntimeException refused) {
                              // closed already
                            }
                          }))
              .toList();
      test.server().close().get(60, TimeUnit.SECONDS);
      for (Thread thread : connecting) {
        thread.join();
      }
      assertThat(test.server().pendingClientsCount()).isZero();
    }
  }

  @Test
  @Timeout(120)
  void listeningTwiceIsRefused() {
    try (TestServer test = TestServer.start()) {
      assertThatThrownBy(() -> test.server().listen(0)).isInstanceOf(InvalidActionError.class);
    }
  }

  @Test
  @Timeout(120)
  void aClosedServerDoesNotListenAgain() {
    TestServer test = TestServer.start();
    test.close();

    assertThatThrownBy(() -> test.server().listen(0)).isInstanceOf(InvalidActionError.class);
  }

  @Test
  @Timeout(120)
  void aPortThatIsTakenIsToldAndAnotherOneCanBeTried() {
    try (TestServer taken = TestServer.start()) {
      AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);

      assertThatThrownBy(() -> server.listen(taken.port()))
          .isInstanceOf(HTTPServerError.class)
          .hasMessageContainingAll("port " + taken.port() + ": ", "in use")
          .hasRootCauseInstanceOf(IOException.class);
      assertThat(server.isReady()).isFalse();
      server.listen(0);

      assertThat(server.isReady()).isTrue();
      assertThat(server.port()).isPositive();
      assertThat(server.close()).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  @Test
  void aServerIsNotReadyBeforeItListens() {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);

    assertThat(server.isReady()).isFalse();
    assertThat(server.close()).succeedsWithin(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, Integer.MAX_VALUE})
  @Timeout(120)
  void aPortOutOfRangeIsTold(int port) {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);

    assertThatThrownBy(() -> server.listen(port))
        .isInstanceOf(HTTPServerError.class)
        .hasMessageContaining("port " + port + ": ");
    assertThat(server.close()).succeedsWithin(Duration.ofSeconds(60));
  }

  @Test
  @Timeout(120)
  void aHostThatIsNoneOfThisMachinesIsTold() {
    for (String host : List.of("192.0.2.1", "no-such-host.invalid")) {
      AGServer server = SocketCluster.create(AGServerOptions.builder().host(host).build());

      assertThatThrownBy(() -> server.listen(0))
          .isInstanceOf(HTTPServerError.class)
          .hasMessageContaining("port 0 of " + host + ": ");
      assertThat(server.close()).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  @Test
  @Timeout(120)
  void aServerThatNeverListenedCloses() {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);

    assertThat(server.port()).isEqualTo(-1);
    assertThat(server.close()).succeedsWithin(Duration.ofSeconds(60));
  }
}
