// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.workers.internal.log.LogEntry.Origin;
import io.socketcluster.workers.internal.process.ExitStatus;
import io.socketcluster.workers.internal.process.JavaProcess;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A child process, and what it prints. */
class ChildTest {
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final SupervisorLoop loop = new SupervisorLoop(failures::add);
  private final List<String> entries = new CopyOnWriteArrayList<>();

  /** An owner that is not asked. */
  private static final class NoOwner implements Child.Owner {
    @Override
    public void message(Child child, JsonNode message) {}

    @Override
    public void ended(Child child, ExitStatus status) {}
  }

  @Test
  void linesReachTheLogWhileTheLoopIsBusy() throws IOException {
    CompletableFuture<Void> free = new CompletableFuture<>();
    loop.run(free::join);
    try {
      Child.start(
          loop,
          JavaProcess.start(List.of("sh", "-c", "echo first; echo second; echo third >&2")),
          JsonNodeFactory.instance.objectNode(),
          new Origin("worker", 0, -1),
          (level, origin, text) -> entries.add(origin.id() + " " + text),
          new NoOwner());
      await()
          .untilAsserted(
              () -> assertThat(entries).contains("0 first", "0 second", "0 third").hasSize(3));
    } finally {
      free.complete(null);
      loop.end();
    }
    assertThat(failures).isEmpty();
  }
}
