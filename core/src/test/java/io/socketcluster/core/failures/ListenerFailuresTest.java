// SPDX-License-Identifier: MIT
package io.socketcluster.core.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.stream.StreamDemux;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerFailuresTest {
  private static final Logger LOG = Logger.getLogger(FailureLog.LOGGER);

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final StreamDemux<Object> listeners =
      new StreamDemux<>(new ListenerFailures("the store"));
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage() + ": " + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
  }

  @AfterEach
  void stop() {
    LOG.removeHandler(handler);
  }

  @Test
  void aHandlerThatThrowsIsLogged() {
    listeners.stream("change")
        .consume(
            change -> {
              throw new IllegalStateException("a bug");
            });
    listeners.write("change", 1);

    await()
        .untilAsserted(
            () ->
                assertThat(lines)
                    .containsExactly(
                        "The listener \"change\" of the store failed:"
                            + " java.lang.IllegalStateException: a bug"));
  }

  @Test
  void anExecutorThatRejectsIsLogged() {
    listeners.stream("change")
        .consume(
            change -> {},
            task -> {
              throw new RejectedExecutionException("full");
            });
    listeners.write("change", 1);

    assertThat(lines).hasSize(1).first().asString().contains("took no task");
  }
}
