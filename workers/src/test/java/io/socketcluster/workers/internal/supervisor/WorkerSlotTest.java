// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.workers.WorkerStatus;
import io.socketcluster.workers.WorkersEvent;
import io.socketcluster.workers.WorkersOptions;
import io.socketcluster.workers.internal.log.CentralLog;
import io.socketcluster.workers.internal.log.LogEntry;
import io.socketcluster.workers.internal.log.LogEntry.Level;
import io.socketcluster.workers.internal.process.ClassArchive;
import io.socketcluster.workers.internal.process.JavaCommand;
import io.socketcluster.workers.internal.process.JavaProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The place of a worker. A script takes the part of the JVM. */
class WorkerSlotTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String WORKER =
      """
      #!/bin/sh
      for kind; do :; done
      [ "$kind" != spare ] || echo $$ > "$(dirname "$0")/spare.pid"
      read options
      echo '{"type":"status","connections":7,"memory":1}'
      echo '{"type":"ready"}'
      while read command; do
        case "$command" in
          *grow*) echo '{"type":"status","memory":50000000}' ;;
          *crash*)
            echo '# A fatal error' > "$(dirname "$0")/hs_err_$$.log"
            kill -ABRT $$
            ;;
          *) exit 0 ;;
        esac
      done
      """;

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final SupervisorLoop loop = new SupervisorLoop(failures::add);
  private final List<String> deaths = new CopyOnWriteArrayList<>();
  private final List<WorkersEvent> events = new CopyOnWriteArrayList<>();

  @TempDir Path directory;
  private @Nullable CentralLog log;
  private @Nullable Launch launch;

  /** Keeps the reasons of deaths. */
  private final class Deaths implements WorkerSlot.Listener {
    @Override
    public void ready(JsonNode message) {}

    @Override
    public void died(String reason) {
      deaths.add(reason);
    }

    @Override
    public void empty() {}
  }

  @BeforeEach
  void openTheLog() throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    log =
        CentralLog.open(
            directory.resolve("log"), 100_000, 2, nowhere, LogEntry::toText, Level.INFO);
  }

  @AfterEach
  void endTheLoop() throws IOException {
    loop.end();
    if (log != null) {
      log.close();
    }
    assertThat(failures).isEmpty();
  }

  private WorkerSlot slot(Path java, WorkersOptions.Builder options) {
    WorkersOptions built = options.build();
    JavaProgram program = new JavaProgram(java, "");
    JavaCommand command =
        new JavaCommand(program, built, directory, ClassArchive.in(directory, program));
    Report report = new Report(Objects.requireNonNull(log), events::add);
    Launch made = new Launch(built, command, loop, report, 8000);
    launch = made;
    return new WorkerSlot(0, loop, made, report, new Deaths());
  }

  private Path script() throws IOException {
    Path script = Files.writeString(directory.resolve("java"), WORKER);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private <T> T ask(Supplier<T> question) throws Exception {
    CompletableFuture<T> answer = loop.ask(done -> done.complete(question.get()));
    return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void awaitReady(WorkerSlot slot) {
    await().until(() -> ask(slot::isReady));
  }

  private WorkerStatus awaitDeath(WorkerSlot slot) throws Exception {
    long pid = ask(slot::status).pid();
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    await().until(() -> ask(slot::status).state().equals("waiting"));
    return ask(slot::status);
  }

  @Test
  void aProcessThatCannotBeStartedIsTold() {
    WorkerSlot slot = slot(directory.resolve("none"), WorkersOptions.builder());
    loop.run(slot::start);
    await().until(() -> !deaths.isEmpty());
    assertThat(deaths.getFirst()).startsWith("worker 0 cannot be started: ");
  }

  @Test
  void aDeathIsToldAlsoAfterTheWorkerWasReadyAndItsTrafficIsForgotten() throws Exception {
    WorkerSlot slot = slot(script(), WorkersOptions.builder().rebootWorkerOnCrash(false));
    loop.run(slot::start);
    awaitReady(slot);
    assertThat(ask(slot::status).connections()).isEqualTo(7);
    assertThat(awaitDeath(slot).connections()).isZero();
    assertThat(deaths).containsExactly("worker 0 ended: signal SIGKILL");
  }

  @Test
  void aReloadStartsAWorkerThatIsNotRestarted() throws Exception {
    WorkerSlot slot = slot(script(), WorkersOptions.builder().rebootWorkerOnCrash(false));
    loop.run(slot::start);
    awaitReady(slot);
    awaitDeath(slot);
    ask(slot::replace).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(ask(slot::isReady)).isTrue();
    awaitDeath(slot);
  }

  @Test
  void theFileThatACrashLeavesIsNamedInTheLogAndInTheEvent() throws Exception {
    WorkerSlot slot = slot(script(), WorkersOptions.builder().rebootWorkerOnCrash(false));
    loop.run(slot::start);
    awaitReady(slot);
    String file = directory.resolve("hs_err_" + ask(slot::status).pid() + ".log").toString();
    loop.run(() -> slot.send("crash"));
    await().until(() -> !deaths.isEmpty());
    String words =
        "died: signal SIGABRT\nThe JVM has crashed; " + file + " begins with:\n# A fatal error";
    assertThat(events)
        .filteredOn(WorkersEvent.Fail.class::isInstance)
        .singleElement()
        .extracting(event -> ((WorkersEvent.Fail) event).message())
        .asString()
        .contains(words);
    assertThat(logged()).contains(words.replace("\n", "\\n"));
  }

  private String logged() throws IOException {
    Objects.requireNonNull(log).close();
    return Files.readString(directory.resolve("log"));
  }

  private WorkersOptions.Builder withMemoryLimit() {
    return WorkersOptions.builder()
        .rebootWorkerOnCrash(false)
        .killWorkerMemoryThreshold(40_000_000L);
  }

  @Test
  void aWorkerAboveItsMemoryLimitIsReplacedByOneThatIsReadyFirst() throws Exception {
    WorkerSlot slot = slot(script(), withMemoryLimit());
    loop.run(slot::start);
    awaitReady(slot);
    long large = ask(slot::status).pid();
    loop.run(() -> slot.send("grow"));
    await().until(() -> ask(slot::isReady) && ask(slot::status).pid() != large);
    await().until(() -> !ProcessHandle.of(large).map(ProcessHandle::isAlive).orElse(false));
    assertThat(deaths).isEmpty();
    assertThat(events)
        .filteredOn(WorkersEvent.Notice.class::isInstance)
        .singleElement()
        .extracting(event -> ((WorkersEvent.Notice) event).message())
        .isEqualTo("Worker 0 is replaced: its memory of 50000000 bytes is above 40000000");
    awaitDeath(slot);
  }

  @Test
  void aWorkerThatCannotBeReplacedIsKeptAndReplacedAfterPauses() throws Exception {
    Path script = script();
    WorkerSlot slot = slot(script, withMemoryLimit());
    loop.run(slot::start);
    awaitReady(slot);
    long large = ask(slot::status).pid();
    Files.writeString(script, "#!/bin/sh\nexit 3\n");
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              loop.run(() -> slot.send("grow"));
              return deaths.size() >= 3;
            });
    assertThat(ask(slot::status).pid()).isEqualTo(large);
    awaitDeath(slot);
    assertThat(logged()).containsPattern("Worker 0 is not replaced again for [12]\\d\\d ms");
  }

  private long prepareSpare() throws Exception {
    Launch made = Objects.requireNonNull(launch);
    loop.run(made::prepare);
    Path file = directory.resolve("spare.pid");
    await().until(() -> Files.exists(file) && Files.size(file) > 0);
    return Long.parseLong(Files.readString(file).strip());
  }

  @Test
  void theSpareTakesThePlaceOfAWorkerThatDied() throws Exception {
    WorkerSlot slot = slot(script(), WorkersOptions.builder());
    loop.run(slot::start);
    awaitReady(slot);
    long spare = prepareSpare();
    long first = ask(slot::status).pid();
    assertThat(ProcessHandle.of(first).orElseThrow().destroyForcibly()).isTrue();
    await().until(() -> ask(slot::isReady) && ask(slot::status).pid() == spare);
    loop.run(slot::close);
    await().until(() -> ask(slot::isEmpty));
  }

  @Test
  void aSpareThatIsDiscardedEnds() throws Exception {
    slot(script(), WorkersOptions.builder());
    long spare = prepareSpare();
    loop.run(Objects.requireNonNull(launch)::discardSpare);
    await().until(() -> !ProcessHandle.of(spare).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void aReplacementThatDiesFailsTheReload() throws Exception {
    Path script = script();
    WorkerSlot slot = slot(script, WorkersOptions.builder().rebootWorkerOnCrash(false));
    loop.run(slot::start);
    awaitReady(slot);
    Files.writeString(script, "#!/bin/sh\nexit 3\n");
    CompletableFuture<Void> replaced = ask(slot::replace);
    assertThat(replaced)
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withMessageContaining("the replacement of worker 0 ended: exit code 3");
    assertThat(ask(slot::isReady)).isTrue();
    awaitDeath(slot);
  }
}
