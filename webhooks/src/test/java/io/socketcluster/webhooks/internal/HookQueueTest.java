// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks.internal;

import static org.awaitility.Awaitility.await;

import io.socketcluster.webhooks.WebhookOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events come while the queue is closed. */
class HookQueueTest {
  private static final int ROUNDS = 100;

  private final Hook hook = new Hook("key", "evt_1", Map.of());
  private final WebhookOptions options =
      WebhookOptions.builder("http://127.0.0.1:1/", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
          .retryDelay(Duration.ofHours(1)) // an event that is sent waits for long
          .build();

  @Test
  void nothingWaitsInAClosedQueue() throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      HookQueue queue = new HookQueue(options, warning -> {});
      Thread closer = Thread.ofPlatform().start(queue::close);
      while (closer.isAlive()) {
        queue.add(hook);
      }
      closer.join();
      await().pollDelay(Duration.ZERO).until(() -> queue.waiting() == 0);
    }
  }
}
