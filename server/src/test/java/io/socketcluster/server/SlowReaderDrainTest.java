// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that does not read while the server closes. */
@Timeout(120)
class SlowReaderDrainTest {
  private static final int COME_BACK = 4000;
  private static final byte[] COME_BACK_BYTES = {COME_BACK >> 8, (byte) COME_BACK};
  private static final int NOTABLE_BYTES = 100_000;
  private static final String FILLING = "x".repeat(1000);

  /** Publishes until the server has to keep some of it; returns how many messages. */
  private static int fill(TestServer test, AGServerSocket socket) {
    int published = 0;
    while (socket.getOutboundBufferedBytes() < NOTABLE_BYTES) {
      test.server().exchange().invokePublish("news", published + FILLING).join();
      published++;
    }
    return published;
  }

  @Test
  void isSentAllThatWasPublishedWhenItReadsAndDelaysNoOther() throws IOException {
    try (TestServer test =
            TestServer.start(options -> options.closeTimeout(Duration.ofMinutes(2)));
        SlowClient slow = SlowClient.connect(test)) {
      slow.subscribe("news");
      RawClient other = test.open();
      int published = fill(test, slow.socketIn(test));
      CompletableFuture<Void> closed = test.server().close();

      assertThat(other.awaitClose().code()).isEqualTo(COME_BACK);
      assertThat(closed).isNotDone();
      for (int i = 0; i < published; i++) {
        assertThat(new String(slow.readFrame(), UTF_8)).contains("\"" + i + "x");
      }
      assertThat(slow.readFrame()).isEqualTo(COME_BACK_BYTES);
      assertThat(closed).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  @Test
  void isCutAtTheDeadlineWhenItNeverReads() {
    try (TestServer test =
            TestServer.start(options -> options.closeTimeout(Duration.ofMillis(300)));
        SlowClient slow = SlowClient.connect(test)) {
      slow.subscribe("news");
      AGServerSocket socket = slow.socketIn(test);
      fill(test, socket);

      assertThat(test.server().close()).succeedsWithin(Duration.ofSeconds(60));
      await().until(() -> socket.state() == SocketState.CLOSED);
    }
  }
}
