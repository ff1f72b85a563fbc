// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Everything that is kept for clients is bounded in bytes, for one of them and for all. */
@Timeout(120)
class HeldMemoryTest {
  private static final int KIBIBYTE = 1024;
  private static final int INBOUND = 64 * KIBIBYTE;
  private static final int PAYLOAD = 256 * KIBIBYTE;

  private static AGServerOptions.Builder small(AGServerOptions.Builder options) {
    return options.inboundBufferLimit(INBOUND).maxPayload(PAYLOAD);
  }

  private static long heldBy(TestServer test) {
    return AcceptingServer.acceptorOf(test.server()).memory().heldBytes();
  }

  private static String text(int size) {
    return "x".repeat(size);
  }

  /** The server keeps what comes, as the handler of the connection has not returned. */
  private static TestServer startWithALateHandler(CountDownLatch proceed) {
    return TestServer.start(
        HeldMemoryTest::small,
        server -> server.listener(AGServer.CONNECTION).consume(event -> proceed.await()));
  }

  /** Sends more than the system's own buffers take, and says what the server has read of it. */
  private static long readOf(TestServer test, Runnable sending) {
    AGServerSocket socket = test.server().clients().values().iterator().next();
    Thread.startVirtualThread(sending);
    long[] before = {-1};
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              long now = socket.getBytesReceived();
              boolean stands = now == before[0] && now > KIBIBYTE;
              before[0] = now;
              return stands;
            });
    return before[0];
  }

  @Test
  void messagesThatAreNoPacketsAreKeptUpToTheInboundLimit() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test = startWithALateHandler(proceed)) {
      RawClient client = test.open();
      test.socketOf(client);
      long read = readOf(test, () -> sendRaw(client, 200, 50 * KIBIBYTE));
      assertThat(read).isLessThan(5 * (long) INBOUND);
      assertThat(heldBy(test)).isBetween((long) INBOUND, 6L * INBOUND);
      proceed.countDown();
      await().until(() -> test.socketOf(client).getBytesReceived() > 200 * 50 * KIBIBYTE);
      await().until(() -> heldBy(test) == 0);
    }
  }

  private static void sendRaw(RawClient client, int count, int size) {
    for (int i = 0; i < count; i++) {
      client.send(text(size));
    }
  }

  @Test
  void theOptionsOfSubscribeEventsCountToo() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test = startWithALateHandler(proceed)) {
      RawClient client = test.open();
      test.socketOf(client);
      Runnable subscribing =
          () -> {
            for (int i = 0; i < 200; i++) {
              client.transmit(
                  "#subscribe", Map.of("channel", "channel " + i, "data", text(50 * KIBIBYTE)));
            }
          };
      assertThat(readOf(test, subscribing)).isLessThan(5L * INBOUND);
      proceed.countDown();
      await().until(() -> test.socketOf(client).subscriptions().size() == 200);
    }
  }

  @Test
  void manySmallEventsCountWithWhatEachOfThemCosts() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test = startWithALateHandler(proceed)) {
      RawClient client = test.open();
      test.socketOf(client);
      long read = readOf(test, () -> sendRaw(client, 60_000, 30));
      assertThat(read).isLessThan(6L * INBOUND);
      proceed.countDown();
    }
  }

  @Test
  void aHandlerThatIsBehindIsGivenTheRestWhenItHasHandledMost() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    Queue<Integer> handled = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start(HeldMemoryTest::small)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket
          .receiver("x", JsonNode.class)
          .consume(
              data -> {
                proceed.await();
                handled.add(data.size());
              });
      Runnable sending =
          () -> {
            for (int i = 0; i < 400; i++) {
              client.transmit("x", List.of(text(20 * KIBIBYTE)));
            }
          };
      assertThat(readOf(test, sending)).isLessThan(6L * INBOUND);
      proceed.countDown();
      await().until(() -> handled.size() == 400);
      await().until(() -> heldBy(test) == 0);
    }
  }

  @Test
  void subscriptionsThatWaitForALoginAreRefusedWhenTheyKeepTooMuch() {
    try (TestServer test =
        TestServer.start(options -> small(options).socketMemoryLimit(2 * PAYLOAD))) {
      RawClient client = test.open(null);
      test.socketOf(client).listener(AGServerSocket.SUBSCRIBE).consume(event -> {});
      AGServerSocket socket = test.socketOf(client);
      socket.setAuthToken(Map.of("username", "ada"));
      assertThat(client.nextJson().path("event").asString()).isEqualTo("#setAuthToken");
      List<String> refused = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        JsonNode answer = client.call("#subscribe", waiting("private " + i));
        if (answer.has("error")) {
          refused.add(answer.path("error").path("name").asString());
        }
      }
      assertThat(refused).hasSizeGreaterThan(5).containsOnly(ResourceLimitError.NAME);
      assertThat(socket.subscriptions()).hasSizeBetween(3, 14);

      socket.kickOut((String) null);
      await().until(() -> heldBy(test) < PAYLOAD / 2);
      client.invoke("#subscribe", waiting("private again"));
      await().until(() -> socket.isSubscribed("private again"));
    }
  }

  private static Map<String, Object> waiting(String channel) {
    return Map.of("channel", channel, "waitForAuth", true, "data", text(30 * KIBIBYTE));
  }

  @Test
  void callsThatNobodyAnswersAreRefusedWhenTheyKeepTooMuch() {
    try (TestServer test =
        TestServer.start(options -> small(options).socketMemoryLimit(4 * PAYLOAD))) {
      RawClient client = test.open();
      Queue<Object> kept = new ConcurrentLinkedQueue<>();
      test.socketOf(client).procedure("later").consume(kept::add);
      for (int i = 0; i < 30; i++) {
        client.invoke("later", text(100 * KIBIBYTE));
      }
      assertThat(client.nextJson().path("error").path("name").asString())
          .isEqualTo(ResourceLimitError.NAME);
      await().until(() -> client.waiting() >= 10);
      assertThat(kept).hasSizeBetween(4, 10);
    }
  }

  @Test
  void callsThatTheClientDoesNotAnswerFailWhenTheyKeepTooMuch() {
    try (TestServer test =
        TestServer.start(options -> small(options).socketMemoryLimit(2 * PAYLOAD))) {
      AGServerSocket socket = test.socketOf(test.open());
      Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < 3000; i++) {
        socket
            .invoke("never", null)
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    failures.add(failure.getCause() == null ? failure : failure.getCause());
                  }
                });
      }
      await().until(() -> failures.size() > 1000);
      assertThat(failures).allMatch(failure -> failure instanceof ResourceLimitError);
    }
  }

  @Test
  void theLargestUnfinishedMessagesGoWhenAllOfThemAreTooMuch() {
    Queue<Throwable> warnings = new ConcurrentLinkedQueue<>();
    Queue<Long> observed = new ConcurrentLinkedQueue<>();
    ServerObserver observer =
        new ServerObserver() {
          @Override
          public void memoryLimited(AGServerSocket socket, long heldBytes) {
            observed.add(heldBytes);
          }
        };
    try (TestServer test =
        TestServer.start(
            options -> options.memoryLimit(8 << 20).serverObserver(observer),
            server ->
                server
                    .listener(AGServer.WARNING)
                    .consume(event -> warnings.add(event.warning())))) {
      RawClient honest = test.open();
      test.socketOf(honest).procedure("echo").consume(request -> request.end(request.data()));
      List<RawClient> hostile = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        RawClient client = test.upgraded();
        hostile.add(client);
      }
      hostile.forEach(client -> Thread.startVirtualThread(() -> sendHalf(client)));

      await().until(() -> hostile.stream().anyMatch(RawClient::isClosed));
      await().until(() -> heldBy(test) < 8 << 20);
      RawClient gone = hostile.stream().filter(RawClient::isClosed).findFirst().orElseThrow();
      assertThat(gone.awaitClose().code()).isIn(1013, 1006);
      assertThat(honest.call("echo", "still here").path("data").asString()).isEqualTo("still here");
      await().until(() -> !warnings.isEmpty());
      assertThat(warnings.element())
          .isInstanceOf(ResourceLimitError.class)
          .hasMessageContaining("memoryLimit (8388608)");
      assertThat(observed).isNotEmpty();
      assertThat(hostile).anyMatch(client -> !client.isClosed());
    }
  }

  private static void sendHalf(RawClient client) {
    byte[] frame = RawClient.frame(0x81, text(900 * KIBIBYTE).getBytes(UTF_8));
    client.write(Arrays.copyOf(frame, frame.length / 2));
  }

  @Test
  void halfOfAHeadIsCountedUntilTheConnectionEnds() throws Exception {
    try (TestServer test = TestServer.start()) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        RawClient client = test.tcp();
        clients.add(client);
        client.write(("GET / HTTP/1.1\r\nx: " + text(6000)).getBytes(UTF_8));
      }
      await().until(() -> heldBy(test) >= 60_000);
      clients.forEach(RawClient::close);
      await().atMost(20, TimeUnit.SECONDS).until(() -> heldBy(test) == 0);
    }
  }

  @Test
  void whatWaitsForTheOutboundMiddlewareIsCounted() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    AGMiddleware slow =
        AGMiddleware.each(
            action -> {
              proceed.await();
              action.allow();
            });
    try (TestServer test = TestServer.start()) {
      test.server().setMiddleware(AGServer.MIDDLEWARE_OUTBOUND, slow);
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", "news"));
      for (int i = 0; i < 20; i++) {
        test.server().exchange().transmitPublish("news", text(50 * KIBIBYTE));
      }
      await().until(() -> heldBy(test) > 900 * KIBIBYTE);
      proceed.countDown();
      await().until(() -> client.waiting() == 20);
      await().until(() -> heldBy(test) == 0);
    }
  }

  @Test
  void aBatchOnItsWayOutIsCounted() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.startBatch();
      for (int i = 0; i < 5; i++) {
        socket.transmit("x", text(10 * KIBIBYTE));
      }
      await().until(() -> heldBy(test) >= 50 * KIBIBYTE);
      socket.flushBatch();
      await().until(() -> client.waiting() > 0 && heldBy(test) == 0);
    }
  }

  @Test
  void theAuthTokenAndTheHeadOfTheUpgradeAreCounted() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.tcp();
      client.upgrade(test.server().getPath(), "x-long: " + text(10 * KIBIBYTE) + "\r\n");
      client.handshake(null);
      AGServerSocket socket = test.socketOf(client);
      socket.listener(AGServerSocket.AUTHENTICATE).consume(event -> {});
      client.send("{\"event\":\"x\",\"data\":\"" + text(5 * KIBIBYTE) + "\"}"); // a look
      await().until(() -> heldBy(test) >= 10 * KIBIBYTE);

      long before = heldBy(test);
      socket.setAuthToken(Map.of("username", "ada", "rights", text(30 * KIBIBYTE)));
      await().until(() -> heldBy(test) >= before + 30 * KIBIBYTE);
    }
  }

  @Test
  void aClientThatDoesNotReadIsCounted() throws Exception {
    try (TestServer test = TestServer.start()) {
      try (SlowClient slow = SlowClient.connect(test)) {
        assertThat(slow).isNotNull();
        await().until(() -> test.server().clientsCount() == 1);
        AGServerSocket socket = test.server().clients().values().iterator().next();
        for (int i = 0; i < 1000 && socket.getOutboundBufferedBytes() < 2 << 20; i++) {
          socket.transmit("x", text(30 * KIBIBYTE));
          socket.kickOut("none", null); // waits until the event loop has come to it
        }
        await().until(() -> heldBy(test) > 1 << 20);
      }
      await().alias("all is let go of").untilAsserted(() -> assertThat(heldBy(test)).isZero());
    }
  }
}
