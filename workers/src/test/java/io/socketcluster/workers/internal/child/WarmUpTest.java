// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A spare process before it is a worker. */
class WarmUpTest {
  private final CountDownLatch used = new CountDownLatch(1);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  @Test
  void theFirstMessageEndsIt() throws Exception {
    try (PipedWriter supervisor = new PipedWriter();
        BufferedReader in = new BufferedReader(new PipedReader(supervisor))) {
      SupervisorLink link =
          new SupervisorLink(in, new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
      CompletableFuture<JsonNode> first =
          CompletableFuture.supplyAsync(() -> firstMessage(link), Thread::startVirtualThread);
      assertThat(used.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(first).isNotDone();
      supervisor.write("{\"id\":7}\n");
      supervisor.flush();
      assertThat(first.get(1, TimeUnit.MINUTES).path("id").intValue()).isEqualTo(7);
      ended.get(1, TimeUnit.MINUTES);
    }
  }

  private JsonNode firstMessage(SupervisorLink link) {
    try {
      return WarmUp.until(
          link,
          isWanted -> {
            used.countDown();
            await().until(() -> !isWanted.getAsBoolean());
            ended.complete(null);
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
