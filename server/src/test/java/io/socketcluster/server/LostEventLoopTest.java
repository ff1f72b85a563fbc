// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import io.socketcluster.testkit.RawClient;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LostEventLoopTest {
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

  private void recordErrors(AGServer server) {
    server.listener(AGServer.ERROR).consume(event -> errors.add(event.error()));
  }

  @Test
  void isAFatalErrorOfTheServer() {
    try (TestServer test = TestServer.start(options -> options, this::recordErrors)) {
      RawClient client = test.open();
      test.socketOf(client).receiver("end").consume(data -> endThisLoop(), Runnable::run);
      client.transmit("end", null);

      await().until(() -> !errors.isEmpty());
      assertThat(errors.element()).hasMessageContaining("An event loop has ended");
    }
  }

  @Test
  void isNoErrorWhenTheServerCloses() {
    try (TestServer test = TestServer.start(options -> options, this::recordErrors)) {
      test.open();
    }
    assertThat(errors).isEmpty();
  }

  private static void endThisLoop() {
    EventExecutor loop = Objects.requireNonNull(ThreadExecutorMap.currentExecutor());
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
