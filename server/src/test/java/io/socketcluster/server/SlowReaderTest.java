// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Payload;
import io.socketcluster.testkit.RawClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of many subscribers stops reading: what waits for it is bounded, and nobody else notices. */
class SlowReaderTest {
  private static final int OTHERS = 30;
  private static final int MESSAGES = 10_000;

  /** How far the publisher may be ahead of the slowest of those that read. */
  private static final int WINDOW = 64;

  private static final int LIMIT = 1 << 20;

  /** What Netty takes beyond the limit before it says that a socket cannot be written to. */
  private static final int MORE_IN_NETTY = 256 * 1024;

  /** Of all other sockets and of what they read: far less than the publishes are. */
  private static final long MOST_MEMORY = 64L << 20;

  private static final String FILLING = "x".repeat(1000);

  private static String message(int number) {
    return String.format(Locale.ROOT, "%06d", number) + FILLING;
  }

  private static long memory() {
    ByteBufAllocatorMetric metric =
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
    return metric.usedDirectMemory() + metric.usedHeapMemory();
  }

  @ParameterizedTest
  @EnumSource
  void itsMemoryIsBoundedAndTheOthersLoseNothing(SlowConsumerPolicy policy) throws Exception {
    try (TestServer test =
            TestServer.start(
                options ->
                    options
                        .outboundBufferLimit(LIMIT)
                        .slowConsumerPolicy(policy)
                        .pingTimeoutDisabled(true));
        SlowClient slow = SlowClient.connect(test)) {
      slow.subscribe("news");
      AGServerSocket socket = slow.socketIn(test);
      List<RawClient> others = IntStream.range(0, OTHERS).mapToObj(each -> test.open()).toList();
      others.forEach(other -> other.call("#subscribe", Map.of("channel", "news")));
      long mostWaiting = 0;
      long mostMemory = 0;

      for (int i = 0; i < MESSAGES; i += WINDOW) {
        for (int j = i; j < Math.min(i + WINDOW, MESSAGES); j++) {
          test.server().exchange().transmitPublish("news", message(j));
        }
        for (RawClient other : others) {
          expect(other, i, Math.min(i + WINDOW, MESSAGES));
        }
        mostWaiting = Math.max(mostWaiting, socket.getOutboundBufferedBytes());
        mostMemory = Math.max(mostMemory, memory());
      }

      assertThat(mostWaiting).isBetween(LIMIT / 2L, (long) LIMIT + MORE_IN_NETTY);
      assertThat(mostMemory).isLessThan(MOST_MEMORY);
      await()
          .until(
              () ->
                  (socket.state() == SocketState.OPEN)
                      == (policy != SlowConsumerPolicy.DISCONNECT));
    }
  }

  private static void expect(RawClient client, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] expected = new JsonCodec().encodePublish("news", Payload.of(message(i)));
      assertThat(client.next()).isEqualTo(new String(expected, UTF_8));
    }
  }
}
