// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.FreshCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor and its processes. */
@Timeout(300)
class SupervisedWorkersIT {
  private static final long LIMIT_SECONDS = 120;
  private static final String KEY = "a-secret-of-0123456789-0123456789";

  @TempDir Path directory;

  /** An application that cannot start. */
  public static final class Broken implements WorkerController {
    @Override
    public void run(SocketClusterWorker worker) throws IOException {
      System.out.println("looking for the database");
      throw new IOException("no database");
    }
  }

  private SocketClusterWorkers.Builder builder() {
    return SocketClusterWorkers.builder()
        .port(0)
        .options(it -> it.directory(directory).jvmOptions("-Xmx96m"));
  }

  @Test
  void aWorkerThatIsHungIsReplacedAndNoSecretIsSeen() throws Exception {
    List<WorkersEvent.Worker> ready = new CopyOnWriteArrayList<>();
    List<WorkersEvent.Exit> exits = new CopyOnWriteArrayList<>();
    SocketClusterWorkers workers =
        builder()
            .options(
                it ->
                    it.workerStatusTimeout(Duration.ofSeconds(3))
                        .workerStatusInterval(Duration.ofMillis(200))
                        .fromJson("{\"authKey\": \"" + KEY + "\"}"))
            .build();
    workers.listener(SocketClusterWorkers.WORKER).consume(ready::add);
    workers.listener(SocketClusterWorkers.EXIT).consume(exits::add);
    try {
      workers.start().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      long pid = workers.status().get().getFirst().pid();
      assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline"))).doesNotContain(KEY);
      signal("-STOP", pid);
      await()
          .atMost(Duration.ofSeconds(LIMIT_SECONDS))
          .until(() -> exits.stream().anyMatch(exit -> exit.pid() == pid));
      await()
          .atMost(Duration.ofSeconds(LIMIT_SECONDS))
          .until(() -> ready.stream().anyMatch(worker -> worker.pid() > 0 && worker.pid() != pid));
    } finally {
      workers.close().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(log()).contains("shows no sign of life").doesNotContain(KEY);
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("socketcluster.log"));
  }

  @Test
  void workersReadTheirCertificateAgainAndWhatACrashOfTheJvmLeavesIsInTheLog() throws Exception {
    FreshCertificate first = FreshCertificate.in(directory);
    FreshCertificate second = FreshCertificate.in(directory);
    Path chain = directory.resolve("chain.pem");
    Path key = directory.resolve("key.pem");
    String files = first.writeTo(chain, key, "{\"cert\": \"%s\", \"key\": \"%s\"}"::formatted);
    SocketClusterWorkers workers =
        builder()
            .options(
                it ->
                    it.rebootWorkerOnCrash(false)
                        .jvmOptions("-Xmx96m", "-XX:-CreateCoredumpOnCrash")
                        .fromJson("{\"protocol\": \"https\", \"protocolOptions\": " + files + "}"))
            .build();
    try {
      workers.start().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      try (TlsConnection old = TlsConnection.to(workers.port())) {
        assertThat(old.certificate()).isEqualTo(first.certificate());
        second.writeTo(chain, key, List::of);
        workers.reloadTls();
        await()
            .atMost(Duration.ofSeconds(LIMIT_SECONDS))
            .until(() -> certificateOf(workers.port()).equals(second.certificate()));
        assertThat(old.answers()).isTrue();
      }
      long pid = workers.status().get().getFirst().pid();
      signal("-SEGV", pid);
      await()
          .atMost(Duration.ofSeconds(LIMIT_SECONDS))
          .untilAsserted(
              () ->
                  assertThat(log())
                      .contains("The JVM has crashed; " + directory.resolve("hs_err_" + pid)));
    } finally {
      workers.close().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Certificate certificateOf(int port) throws Exception {
    try (TlsConnection connection = TlsConnection.to(port)) {
      return connection.certificate();
    }
  }

  private static void signal(String signal, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor()).isZero();
  }

  @Test
  void anApplicationThatCannotStartEndsTheStartAndItsLastWordsAreInTheLog() throws Exception {
    SocketClusterWorkers workers = builder().workerController(Broken.class).build();
    Throwable failure = null;
    try {
      workers.start().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      failure = e.getCause();
    }
    assertThat(failure).hasMessage("worker 0 ended before it was ready: exit code 1");
    workers.ended().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    for (CompletableFuture<?> late : List.of(workers.status(), workers.reload())) {
      assertThat(late)
          .failsWithin(Duration.ofSeconds(LIMIT_SECONDS))
          .withThrowableThat()
          .withMessageContaining("the workers have ended");
    }
    assertThat(log()).contains("looking for the database", "no database", "died: exit code 1");
  }
}
