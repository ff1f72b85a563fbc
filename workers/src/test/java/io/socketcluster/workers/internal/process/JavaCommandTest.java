// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.workers.WorkersOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of the processes, and the archive that they start with. */
class JavaCommandTest {
  @TempDir Path directory;
  private final JavaProgram program = new JavaProgram(Path.of("java"), "");
  private ClassArchive archive = ClassArchive.in(Path.of(""), program);

  @BeforeEach
  void findTheArchive() {
    archive = ClassArchive.in(directory, program);
  }

  private JavaCommand command() {
    WorkersOptions options = WorkersOptions.builder().jvmOptions("-Xlog:gc", "-Xmx64m").build();
    return new JavaCommand(program, options, directory, archive);
  }

  /** Does what the short run does. */
  private Path makeArchive() throws IOException {
    String option = archive.make().getFirst();
    return Files.writeString(Path.of(option.substring(option.indexOf('=') + 1)), "classes");
  }

  private String archiveOfWorker() {
    return Objects.requireNonNull(
        command().worker().stream()
            .filter(it -> it.startsWith("-XX:AOTCache=") || it.startsWith("-XX:SharedArchiveFile="))
            .findFirst()
            .orElse(""));
  }

  @Test
  void theLogOfTheUserIsOnAlsoWithAnArchive() throws IOException {
    makeArchive();
    archive.finish(0);
    List<String> worker = command().worker();
    assertThat(archiveOfWorker()).isNotEmpty();
    assertThat(worker).containsSubsequence("-Xlog:disable", "-Xlog:gc");
    assertThat(command().training()).containsSubsequence("-Xlog:disable", "-Xlog:gc");
  }

  @Test
  void theOptionsOfTheUserTakeThePlaceOfDefaults() {
    assertThat(command().worker())
        .contains("-Xmx64m")
        .noneMatch(it -> it.startsWith("-XX:MaxRAMPercentage"));
  }

  @Test
  void aRunThatHasFailedMakesNoArchive() throws IOException {
    Path part = makeArchive();
    assertThatThrownBy(() -> archive.finish(1)).hasMessageContaining("status 1");
    assertThat(part).doesNotExist();
    assertThat(archiveOfWorker()).isEmpty();
  }

  @Test
  void aNewArchiveTakesThePlaceOfTheOldOnes() throws IOException {
    Path old = Files.writeString(directory.resolve("classes-1.jsa"), "classes");
    Path log = Files.writeString(directory.resolve("socketcluster.log"), "");
    makeArchive();
    archive.finish(0);
    assertThat(old).doesNotExist();
    assertThat(log).exists();
    assertThat(archiveOfWorker()).isNotEmpty();
  }

  @Test
  void theRunThatMakesTheArchiveGivesWayToWorkers() throws IOException {
    Path nice = Files.createFile(directory.resolve("nice"));
    assertThat(nice.toFile().setExecutable(true)).isTrue();
    List<String> command = List.of("java", "training");
    assertThat(LowPriority.of(command, ":" + directory))
        .containsExactly("nice", "-n", "19", "java", "training");
    assertThat(LowPriority.of(command, directory.resolve("none").toString())).isEqualTo(command);
  }
}
