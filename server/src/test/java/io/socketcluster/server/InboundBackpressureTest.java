// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a socket tells about the messages that wait. */
class InboundBackpressureTest {
  private static final int MESSAGES = 20;
  private static final int SLOW = 5;

  @Test
  void theBackpressureOfASocketGoesUpWhileADecisionIsAwaitedAndComesDownAgain() {
    Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();
    Queue<Integer> history = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(
            options -> options,
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_INBOUND,
                    AGMiddleware.each(
                        action -> {
                          history.add(action.socket().getInboundBackpressure());
                          if (action.data().asInt() == SLOW) {
                            undecided.add(action);
                          } else {
                            action.allow();
                          }
                        })))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      assertThat(socket.getInboundBackpressure()).isZero();
      for (int i = 0; i <= SLOW; i++) {
        client.transmit("foo", i);
      }
      await().until(() -> undecided.size() == 1);
      for (int i = SLOW + 1; i < MESSAGES; i++) {
        client.transmit("foo", i);
        int waiting = i - SLOW;
        await().until(() -> socket.getInboundBackpressure() == waiting);
        assertThat(socket.getBackpressure()).isEqualTo(waiting);
      }

      undecided.remove().allow();

      await().until(() -> history.size() == MESSAGES);
      await().until(() -> socket.getInboundBackpressure() == 0);
      assertThat(history.stream().skip(SLOW + 1).toList())
          .isSortedAccordingTo((a, b) -> b - a)
          .endsWith(0);
    }
  }

  @Test
  void theBackpressureOfASocketIsThatOfItsLongestQueue() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.receiver("few").consume(data -> proceed.await());
      socket.receiver("many").consume(data -> proceed.await());
      for (int i = 0; i < 3; i++) {
        client.transmit("few", i);
      }
      for (int i = 0; i < 9; i++) {
        client.transmit("many", i);
      }

      await().until(() -> socket.getReceiverBackpressure("many") >= 8);
      assertThat(socket.getBackpressure())
          .isGreaterThanOrEqualTo(socket.getReceiverBackpressure("many"))
          .isGreaterThan(socket.getReceiverBackpressure("few"));
      proceed.countDown();
      await().until(() -> socket.getBackpressure() == 0);
    }
  }
}
