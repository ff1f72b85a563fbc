// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What slow consumers of the server itself keep is charged to the sockets that caused it. */
@Timeout(120)
class ServerSideMemoryTest {
  private static final int INBOUND = 64 * 1024;
  private static final int COUNT = 100;
  private static final String TEXT = "x".repeat(50_000);

  private final CountDownLatch proceed = new CountDownLatch(1);
  private final AtomicInteger handled = new AtomicInteger();

  private void handle(Object item) throws InterruptedException {
    proceed.await();
    handled.incrementAndGet();
  }

  /** The client is held back, others are not, and in the end everything is handled. */
  private void assertHeldBack(Consumer<AGServer> slow, RawClientStep step) throws Exception {
    try (TestServer test =
        TestServer.start(options -> options.inboundBufferLimit(INBOUND).maxPayload(4 * INBOUND))) {
      test.server().onConnection(socket -> {});
      slow.accept(test.server());
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      Thread.startVirtualThread(() -> repeat(number -> step.run(client, number)));
      long read = standingOf(socket);
      assertThat(read).isLessThan(8L * INBOUND);
      assertThat(memoryOf(test)).isBetween((long) INBOUND, 8L * INBOUND);
      RawClient other = test.open();
      assertThat(other.call("#subscribe", Map.of("channel", "other")).has("error")).isFalse();

      proceed.countDown();
      await().until(() -> handled.get() >= COUNT);
      await().until(() -> memoryOf(test) < INBOUND / 2); // subscriptions stay
    }
  }

  private static void repeat(IntConsumer step) {
    for (int i = 0; i < COUNT; i++) {
      step.accept(i);
    }
  }

  /** Sends something. */
  private interface RawClientStep {
    void run(RawClient client, int number);
  }

  private static long memoryOf(TestServer test) {
    return AcceptingServer.acceptorOf(test.server()).memory().heldBytes();
  }

  private static long standingOf(AGServerSocket socket) {
    long[] before = {-1};
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              long now = socket.getBytesReceived();
              boolean stands = now == before[0] && now > 1024;
              before[0] = now;
              return stands;
            });
    return before[0];
  }

  @Test
  void publishesToAChannelThatTheExchangeConsumes() throws Exception {
    assertHeldBack(
        server -> server.exchange().subscribe("news").consume(this::handle),
        (client, number) -> client.transmit("#publish", Map.of("channel", "news", "data", TEXT)));
  }

  @Test
  void subscriptionEvents() throws Exception {
    assertHeldBack(
        server -> server.listener(AGServer.SUBSCRIPTION).consume(this::handle),
        (client, number) ->
            client.transmit("#subscribe", Map.of("channel", "c" + number, "data", TEXT)));
  }

  @Test
  void warnings() throws Exception {
    assertHeldBack(
        server -> server.listener(AGServer.WARNING).consume(this::handle),
        (client, number) -> repeat(each -> client.transmit("#subscribe", Map.of("x", each))));
  }
}
