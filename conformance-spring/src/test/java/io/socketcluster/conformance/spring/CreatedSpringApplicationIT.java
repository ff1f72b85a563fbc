// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.conformance.ChildProcess;
import io.socketcluster.conformance.LocalRepository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application of {@code socketcluster create --template spring}, as a new user runs it. */
@Timeout(600)
class CreatedSpringApplicationIT {
  private static final Duration BUILD = Duration.ofMinutes(5);
  private static final String COMMAND = "io.socketcluster.cli.SocketClusterCommand";
  private static final String STARTS_FAST = "-XX:TieredStopAtLevel=1";
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  @TempDir Path temp;

  @Test
  void aNewApplicationIsTestedAndServesItsPage() throws Exception {
    run(
        temp,
        List.of(
            java(),
            STARTS_FAST,
            "-cp",
            classPath(),
            COMMAND,
            "create",
            "myapp",
            "--template=spring"));
    Path app = temp.resolve("myapp");
    LocalRepository repository = LocalRepository.in(temp.resolve("m2"));
    repository.install(
        Path.of("..").toAbsolutePath().normalize(),
        "server-netty",
        "server-servlet",
        "micrometer",
        "spring-boot-autoconfigure",
        "spring-boot-starter");
    String local = "-Dmaven.repo.local=" + repository.path();
    run(app, List.of("mvn", "--batch-mode", "-q", local, "-DargLine=" + STARTS_FAST, "package"));
    assertThat(app.resolve("target/surefire-reports")).isNotEmptyDirectory();

    List<String> start =
        List.of(java(), STARTS_FAST, "-cp", classPath(), COMMAND, "run", "--port=0");
    try (ChildProcess program = ChildProcess.start(app, start)) {
      String port =
          PORT.matcher(program.awaitLine(line -> PORT.matcher(line).find(), BUILD))
              .results()
              .findFirst()
              .orElseThrow()
              .group(1);
      assertThat(get(port, "/")).contains("<title>myapp</title>");
      assertThat(get(port, "/actuator/health/readiness")).contains("UP");
    }
  }

  private static void run(Path directory, List<String> command) {
    try (ChildProcess process = ChildProcess.start(directory, command)) {
      assertThat(process.awaitEnd(BUILD)).as(process.output()).isZero();
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElseThrow();
  }

  private static String get(String port, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI page = URI.create("http://localhost:" + port + path);
      return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    }
  }
}
