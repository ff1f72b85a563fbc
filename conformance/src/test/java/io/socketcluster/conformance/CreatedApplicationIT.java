// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application of {@code socketcluster create}, as a new user builds and runs it: by itself, and
 * by two workers while windows of a browser chat.
 */
@Timeout(600)
class CreatedApplicationIT {
  private static final Duration BUILD = Duration.ofMinutes(5);
  private static final String COMMAND = "io.socketcluster.cli.SocketClusterCommand";
  private static final String KILL = "KILL ";
  private static final String READY = "SocketCluster: http://localhost:";

  @TempDir Path temp;

  @Test
  void aNewApplicationIsTestedAndServesItsPage() throws Exception {
    Path app = create();
    LocalRepository repository = LocalRepository.in(temp.resolve("m2"));
    repository.install(Path.of("..").toAbsolutePath().normalize());
    try (ChildProcess build =
        ChildProcess.start(
            app,
            List.of(
                "mvn",
                "--batch-mode",
                "-q",
                "-Dmaven.repo.local=" + repository.path(),
                "package"))) {
      assertThat(build.awaitEnd(BUILD)).as(build.output()).isZero();
    }
    assertThat(app.resolve("target/surefire-reports")).isNotEmptyDirectory();

    try (ChildProcess program = ChildProcess.start(app, command("run", "--port", "0"))) {
      String line = program.awaitLine(it -> it.startsWith(READY), BUILD);
      assertThat(get(line.substring(READY.length(), line.length() - 1)))
          .contains("<title>myapp</title>");
    }
    theChatGoesOnWhenAWorkerIsKilled(app);
  }

  private static void theChatGoesOnWhenAWorkerIsKilled(Path app) {
    try (ChildProcess program =
        ChildProcess.start(app, command("run", "--port", "0", "--workers", "2"))) {
      String line = program.awaitLine(it -> it.startsWith(READY), BUILD);
      int port = Integer.parseInt(line.substring(READY.length(), line.length() - 1));
      try (ScenarioRun chat = Scenario.named("created-chat").start(port)) {
        String kill = chat.awaitLine(it -> it.startsWith(KILL));
        String pid = kill.substring(KILL.length());
        assertThat(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly()).isTrue();
        chat.awaitSuccess();
        program.awaitLine(it -> it.contains("process " + pid + ", died: signal SIGKILL"), BUILD);
      }
    }
  }

  private Path create() throws IOException {
    String classPath = System.getProperty("java.class.path");
    try (ChildProcess create =
        ChildProcess.start(temp, List.of(java(), "-cp", classPath, COMMAND, "create", "myapp"))) {
      assertThat(create.awaitEnd(BUILD)).as(create.output()).isZero();
    }
    return temp.resolve("myapp");
  }

  private static List<String> command(String... args) {
    return Stream.concat(Stream.of(java(), "-jar", "target/myapp.jar"), Stream.of(args)).toList();
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElseThrow();
  }

  private static String get(String port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI page = URI.create("http://localhost:" + port + "/");
      return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    }
  }
}
