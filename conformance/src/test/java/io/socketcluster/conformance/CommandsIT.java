// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands in {@code bin}: what they say to somebody who does not know them. */
class CommandsIT {
  private static final Path ROOT = Path.of("..");
  private static final Duration AT_ONCE = Duration.ofSeconds(30);
  private static final Duration BUILD_AND_START = Duration.ofMinutes(15);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "chat",
        "bench",
        "bench-server",
        "bench-sockets",
        "check",
        "cluster-faults",
        "example",
        "javadoc",
        "recovery",
        "reproducible",
        "scc-state",
        "site",
        "test",
        "train"
      })
  void helpIsTheUsageAndSuccess(String command) {
    Ended ended = run(AT_ONCE, "bin/" + command, "--help");
    assertThat(ended.lines()).first().asString().matches("usage: bin/" + command + "( .*)?");
    assertThat(ended.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "demo --nope,              there is no option --nope",
    "demo 8000,                there is no option 8000",
    "demo --port,              --port needs a value",
    "demo --port 65536,        '--port must be a number from 0 to 65535, not 65536'",
    "demo --broker,            --broker needs a value",
    "demo --port eight,        '--port must be a number from 0 to 65535, not eight'",
    "chat --nope,              there is no option --nope",
    "chat --name,              --name needs a value",
    "bench --nope,             there is no option --nope",
    "bench-server --nope 1,    there is no option --nope",
    "bench-sockets,            a port and a number of sockets are needed",
    "bench-sockets --nope,     there is no option --nope",
    "bench-sockets 1 many,     1 and many are no port and number of sockets",
    "check --nope,             there is no option --nope",
    "cluster-faults --nope,    there is no option --nope",
    "javadoc --nope,           there is no option --nope",
    "recovery --nope,          there is no option --nope",
    "site --nope,              there is no option --nope",
    "train --nope,             there is no option --nope",
    "example,                  'which example? game, kotlin, presence, prices, upload'",
    "example chess,            'there is no example chess: game, kotlin, presence, prices, upload'",
    "example game --port x,    '--port must be a number from 0 to 65535, not x'",
    "scc-state --nope,         there is no option --nope",
    "scc-state --port x,       '--port must be a number from 0 to 65535, not x'",
    "test,                     which class?",
    "test NoSuchTest,          there is no class of tests called NoSuchTest"
  })
  void whatACommandDoesNotKnowIsRefusedBeforeAnythingIsBuilt(String line, String sentence) {
    String command = line.split(" ", -1)[0];
    Ended ended = run(AT_ONCE, ("bin/" + line).split(" ", -1));
    assertThat(ended.lines().getFirst()).isEqualTo(command + ": " + sentence);
    assertThat(ended.lines().get(1)).startsWith("usage: bin/" + command);
    assertThat(ended.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "scc-state"})
  void aPortThatIsTakenIsSaidInOneSentence(String command) throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());
      Ended ended = run(BUILD_AND_START, "bin/" + command, "--port", port);
      assertThat(ended.lines())
          .filteredOn(line -> !line.matches(command + ": (building|the first build|another)\\b.*"))
          .singleElement()
          .asString()
          .startsWith(command + ": cannot listen on port " + port + ": ");
      assertThat(ended.status()).isEqualTo(1);
    }
  }

  @Test
  void aBuildSaysWhichModuleItIsAt() {
    String repository = System.getProperty("maven.repo.local");
    List<String> maven =
        new ArrayList<>(List.of("run_maven", "-Dgates=off", "-pl", "stream", "-am"));
    if (repository != null) {
      maven.add("-Dmaven.repo.local=" + repository);
    }
    maven.add("validate");
    Ended ended =
        run(
            BUILD_AND_START,
            "bash",
            "-c",
            "mkdir -p target && . bin/prepare.sh && prepare_build && " + String.join(" ", maven),
            "bin/demo");
    assertThat(ended.lines())
        .contains("demo: building parent ... (1 of 2)", "demo: building stream ... (2 of 2)");
    assertThat(ended.status()).isZero();
  }

  @Test
  void aBuildThatFailsShowsWhyAndWhereTheRestIs() {
    Ended ended =
        run(
            BUILD_AND_START,
            "bash",
            "-c",
            "mkdir -p target && . bin/prepare.sh && prepare_build && run_maven -o -pl nowhere"
                + " validate",
            "bin/demo");
    assertThat(ended.lines())
        .anyMatch(line -> line.startsWith("[ERROR]") && line.contains("nowhere"));
    assertThat(ended.lines())
        .last()
        .isEqualTo("demo: the build failed; all that Maven said is in target/demo.log");
    assertThat(ended.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "made"})
  void aServerStartsThoughTheJvmCannotLearn(String module, @TempDir Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("made/target"));
    Ended ended =
        run(
            AT_ONCE,
            "bash",
            "-euo",
            "pipefail",
            "-c",
            ". bin/prepare.sh && . bin/startup.sh && need_jdk && JAR=missing.jar && startup_options"
                + " "
                + folder.resolve(module)
                + " -Xmx64m && echo starts with ${#STARTUP[@]} options");
    assertThat(ended.lines()).last().isEqualTo("starts with 0 options");
    assertThat(ended.status()).isZero();
  }

  @Test
  void theClosingLinesOfACheckNameWhatWasNotRun(@TempDir Path project) throws IOException {
    for (String test : List.of("one/OldTest", "one/NewTest", "two/FirstTest", "two/SecondIT")) {
      Path source = project.resolve(test.replace("/", "/src/test/java/") + ".java");
      Files.createDirectories(source.getParent());
      Files.writeString(source, "");
    }
    Path old = report(project, "OldTest", "tests=\"5\" errors=\"0\" skipped=\"0\" failures=\"0\"");
    Files.setLastModifiedTime(old, FileTime.fromMillis(0));
    Files.writeString(project.resolve("mark"), "");
    Files.setLastModifiedTime(project.resolve("mark"), FileTime.fromMillis(1000));
    report(project, "NewTest", "tests=\"7\" errors=\"1\" skipped=\"2\" failures=\"1\"");
    String reports = ROOT.resolve("bin/reports.sh").toAbsolutePath().normalize().toString();

    try (ChildProcess process =
        ChildProcess.start(
            project,
            List.of(
                "bash", "-c", ". '" + reports + "'; name_what_did_not_run mark; sum_up mark"))) {
      assertThat(process.awaitEnd(AT_ONCE)).isZero();
      assertThat(process.lines())
          .containsExactly(
              "not run: 1 of 2 classes of tests of one: OldTest",
              "not run: two (all of its 2 classes of tests)",
              "3 passed, 2 failed, 2 skipped");
    }
  }

  private static Path report(Path project, String test, String counts) throws IOException {
    Path folder = Files.createDirectories(project.resolve("one/target/surefire-reports"));
    return Files.writeString(
        folder.resolve("TEST-" + test + ".xml"),
        "<?xml version=\"1.0\"?>\n<testsuite name=\"" + test + "\" " + counts + ">\n");
  }

  private record Ended(int status, List<String> lines) {}

  private static Ended run(Duration patience, String... command) {
    try (ChildProcess process = ChildProcess.start(ROOT, List.of(command))) {
      int status = process.awaitEnd(patience);
      return new Ended(status, List.copyOf(process.lines()));
    }
  }
}
