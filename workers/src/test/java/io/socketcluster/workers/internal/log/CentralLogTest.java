// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.workers.internal.log.LogEntry.Level;
import io.socketcluster.workers.internal.log.LogEntry.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The central log, in files and printed. */
class CentralLogTest {
  private static final Origin WORKER = new Origin("worker", 1, 123);
  private static final long SIZE = 64 * 1024;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir Path folder;

  private CentralLog open(int files) throws IOException {
    return CentralLog.open(
        folder.resolve("app.log"),
        SIZE,
        files,
        new PrintStream(printed, true, UTF_8),
        LogEntry::toText,
        Level.WARN);
  }

  @Test
  void anEntryHasItsOriginAsTextAndAsJson() throws IOException {
    try (CentralLog log = open(2)) {
      log.add(Level.ERROR, WORKER, "no\nmore");
    }
    assertThat(printed.toString(UTF_8)).contains(" ERROR [worker 1, 123] no\n    more");
    String line = Files.readString(folder.resolve("app.log"));
    assertThat(line)
        .contains(
            "\"level\":\"error\",\"origin\":\"worker\",\"worker\":1,\"pid\":123,\"message\":");
    LogEntry read = Objects.requireNonNull(LogEntry.ofJson(line));
    assertThat(read.message()).isEqualTo("no\nmore");
    assertThat(read.origin()).isEqualTo(WORKER);
  }

  @Test
  void filesAreRotatedAndBounded() throws IOException {
    try (CentralLog log = open(3)) {
      String text = "x".repeat(1000);
      for (int i = 0; i < 500; i++) {
        log.add(Level.INFO, WORKER, i + text);
      }
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.sorted().toList();
      assertThat(files)
          .extracting(it -> it.getFileName().toString())
          .containsExactly("app.log", "app.log.1", "app.log.2");
      assertThat(files).allSatisfy(it -> assertThat(Files.size(it)).isLessThanOrEqualTo(SIZE));
    }
    assertThat(Files.readString(folder.resolve("app.log"))).contains("499x");
  }

  @Test
  void theLogGoesOnAfterItsFileIsDeleted() throws IOException {
    Path file = folder.resolve("app.log");
    String text = "x".repeat(1000);
    try (CentralLog log = open(2)) {
      log.add(Level.INFO, WORKER, text);
      await().until(() -> Files.size(file) > 0);
      Files.delete(file);
      for (int i = 0; i < SIZE / text.length() + 1; i++) {
        log.add(Level.INFO, WORKER, i + text);
      }
    }
    assertThat(file).content().contains(SIZE / text.length() + "x");
  }

  @Test
  void theLogGoesOnWhereItCannotBeRotated() throws IOException {
    Path obstacle = Files.createDirectories(folder.resolve("app.log.1")).resolve("inside");
    Files.createFile(obstacle);
    String text = "x".repeat(1000);
    try (CentralLog log = open(2)) {
      for (int i = 0; i < 3 * SIZE / text.length(); i++) {
        log.add(Level.INFO, WORKER, i + text);
      }
    }
    assertThat(Files.readAllLines(folder.resolve("app.log")))
        .filteredOn(line -> line.contains(text))
        .hasSize((int) (3 * SIZE / text.length()));
    assertThat(printed.toString(UTF_8)).containsOnlyOnce("The log cannot be rotated");
  }

  @Test
  void onlyTheOwnerMayReadTheLog() throws IOException {
    open(2).close();
    assertThat(Files.getPosixFilePermissions(folder.resolve("app.log")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theSupervisorsOwnEntriesHaveALevel() throws IOException {
    try (CentralLog log = open(2)) {
      log.add(Level.INFO, new Origin("supervisor", -1, 1), "quiet");
      log.add(Level.WARN, new Origin("supervisor", -1, 1), "loud");
    }
    assertThat(printed.toString(UTF_8)).contains("loud").doesNotContain("quiet");
  }

  @Test
  void controlCharactersAreNotPrinted() throws IOException {
    try (CentralLog log = open(2)) {
      log.add(Level.INFO, WORKER, "a\u001b[31mred\u009b32mgreen");
    }
    assertThat(printed.toString(UTF_8)).contains("a?[31mred?32mgreen");
  }
}
