// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.SocketState;
import io.socketcluster.demo.DemoServer;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads use one socket at once, in every way; in the end it is what the server says. */
@Timeout(120)
class ManyThreadsTest {
  private static final int THREADS = 16;
  private static final int CALLS = 400;
  private static final List<String> CHANNELS = List.of("a", "b", "c", "d", "e");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Queue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  /** By connection and thread: what arrived, in order. */
  private final Map<String, List<Integer>> arrived = new ConcurrentHashMap<>();

  private AGServer server;
  private AGClientSocket socket;

  @BeforeEach
  void start() {
    server = DemoServer.start(0, AGServerOptions.builder());
    server.onConnection(socket -> record(socket));
    socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .port(server.port())
                .ackTimeout(Duration.ofSeconds(5))
                .batchInterval(Duration.ofMillis(1))
                .autoReconnectOptions(
                    new AutoReconnectOptions(
                        Duration.ofMillis(1), Duration.ZERO, 1, Duration.ofMillis(5)))
                .build());
  }

  private void record(AGServerSocket connection) {
    IntStream.range(0, THREADS)
        .forEach(
            thread ->
                connection
                    .receiver("from " + thread, Integer.class)
                    .consume(
                        number ->
                            arrived
                                .computeIfAbsent(
                                    connection.id() + " " + thread,
                                    any -> Collections.synchronizedList(new ArrayList<>()))
                                .add(number)));
  }

  @AfterEach
  void stop() {
    socket.disconnect();
    await().until(() -> server.clientsCount() + server.pendingClientsCount() == 0);
    server.close().join();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSocketIsWhatTheServerSaysInTheEnd(long seed) throws Exception {
    runThreads(seed);
    assertThat(failures).isEmpty();
    socket.cancelBatching();
    socket.connect();
    await().until(() -> socket.state() == SocketState.OPEN);

    assertThat(socket.call("echo", "are you there?").stringValue()).isEqualTo("are you there?");
    socket.transmit("from 0", CALLS);
    CompletableFuture<?>[] all = futures.toArray(CompletableFuture<?>[]::new);
    assertThat(CompletableFuture.allOf(all).handle((done, failure) -> "all"))
        .succeedsWithin(PATIENCE);
    await().untilAsserted(this::assertTheServerAgrees);
    await().until(() -> !arrived.isEmpty());
    arrived.values().forEach(numbers -> assertThat(List.copyOf(numbers)).isSorted());
  }

  private void assertTheServerAgrees() {
    assertThat(server.clientsCount()).isEqualTo(1);
    assertThat(server.pendingClientsCount()).isZero();
    assertThat(server.clients()).containsOnlyKeys(socket.id());
    AGServerSocket other = server.clients().values().iterator().next();
    assertThat(socket.subscriptions(true)).isEqualTo(socket.subscriptions());
    assertThat(other.subscriptions()).isEqualTo(socket.subscriptions());
    assertThat(other.authState()).isEqualTo(socket.authState());
    assertThat(other.signedAuthToken()).isEqualTo(socket.signedAuthToken());
    assertThat(socket.getOutboundBufferedBytes()).isZero();
  }

  private void runThreads(long seed) throws InterruptedException {
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads =
        IntStream.range(0, THREADS)
            .mapToObj(
                number ->
                    Thread.ofPlatform()
                        .start(() -> run(number, begin, new SplittableRandom(seed + number * 31L))))
            .toList();
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void run(int thread, CountDownLatch begin, SplittableRandom random) {
    try {
      begin.await();
      for (int number = 0; number < CALLS; number++) {
        socket.transmit("from " + thread, number);
        somethingElse(random);
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  private void somethingElse(SplittableRandom random) {
    String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
    switch (random.nextInt(100)) {
      case 0 -> socket.disconnect();
      case 1 -> socket.disconnect(4100, "random");
      case 2 -> socket.reconnect();
      case 3 -> socket.connect();
      case 4 -> socket.connect(socket.options());
      case 5, 6 -> futures.add(socket.deauthenticate());
      case 7, 8, 9 -> futures.add(socket.invoke("login", Map.of("username", channel)));
      case 10, 11 -> futures.add(socket.authenticate("no.token.atall"));
      case 12, 13, 14, 15 -> socket.startBatch();
      case 16, 17, 18, 19 -> socket.flushBatch();
      case 20 -> socket.cancelBatch();
      case 21 -> socket.startBatching();
      case 22 -> socket.stopBatching();
      case 23 -> socket.cancelBatching();
      case 24, 25 -> socket.send("raw");
      case 26, 27 -> socket.processPendingSubscriptions();
      case 28, 29, 30 -> futures.add(socket.invoke("echo", channel));
      case 31, 32, 33 -> futures.add(socket.invokePublish(channel, 1));
      default -> {
        if (random.nextBoolean()) {
          socket.subscribe(channel);
        } else {
          socket.unsubscribe(channel);
        }
      }
    }
  }
}
