// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.workers.SocketClusterWorkers;
import io.socketcluster.workers.WorkersEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Supervised workers under stock clients: a worker is killed, and all are replaced. Their store
 * outlives them, but not their broker.
 */
@Timeout(300)
class WorkersIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String KILL = "KILL ";

  @TempDir Path directory;

  @Test
  void clientsGoOnWhenAWorkerIsKilledAndWhenAllAreReplaced() throws Exception {
    List<WorkersEvent.Exit> exits = new CopyOnWriteArrayList<>();
    SocketClusterWorkers workers =
        SocketClusterWorkers.builder()
            .workerController(ChatOfWorkers.class)
            .workers(2)
            .port(0)
            .options(it -> it.directory(directory).jvmOptions("-Xmx192m"))
            .build();
    workers.listener(SocketClusterWorkers.EXIT).consume(exits::add);
    try {
      workers.start().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      killAndReload(workers);
      theStoreIsSharedAndComesBackWithItsBroker(workers.port());
    } finally {
      workers.close().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(exits)
        .filteredOn(exit -> !exit.expected())
        .singleElement()
        .extracting(WorkersEvent.Exit::status)
        .isEqualTo("signal SIGKILL");
    assertThat(Files.readString(directory.resolve("socketcluster.log")))
        .contains("died: signal SIGKILL", "All workers have ended")
        .doesNotContain("authKey");
  }

  private static void theStoreIsSharedAndComesBackWithItsBroker(int port) throws Exception {
    AGClientSocket socket =
        SocketClusterClient.create(AGClientOptions.builder().port(port).build());
    try {
      assertThat(starts(socket)).isEqualTo(5); // two, one that replaced another, two of the reload
      ProcessHandle broker =
          ProcessHandle.current().children().filter(WorkersIT::isBroker).findFirst().orElseThrow();
      assertThat(broker.destroyForcibly()).isTrue();
      await().atMost(LIMIT).ignoreExceptions().until(() -> starts(socket) == 0);
    } finally {
      socket.disconnect();
    }
  }

  private static int starts(AGClientSocket socket) throws Exception {
    return socket.invoke("starts", null).get(LIMIT.toSeconds(), TimeUnit.SECONDS).intValue();
  }

  private static boolean isBroker(ProcessHandle child) {
    try {
      return Files.readString(Path.of("/proc/" + child.pid() + "/cmdline")).endsWith("\0broker\0");
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  private static void killAndReload(SocketClusterWorkers workers) throws Exception {
    try (ScenarioRun run = Scenario.named("workers").within(LIMIT).start(workers.port())) {
      String line = run.awaitLine(it -> it.startsWith(KILL));
      long pid = Long.parseLong(line.substring(KILL.length()));
      assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
      run.await("RELOAD");
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  workers.status().join().stream()
                      .allMatch(worker -> worker.state().equals("ready")));
      workers.reload().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      run.awaitSuccess();
    }
  }
}
