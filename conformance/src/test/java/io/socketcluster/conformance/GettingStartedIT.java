// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first project of docs/getting-started.md, as its reader builds it. */
@Timeout(600)
class GettingStartedIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration BUILD = Duration.ofMinutes(5);
  private static final String LISTENING = "Listening on port ";

  @TempDir Path temp;
  private String document = "";

  @BeforeEach
  void readTheDocument() throws IOException {
    document = Files.readString(ROOT.resolve("docs/getting-started.md"));
  }

  @Test
  void theFirstProjectBuildsAndAnswers() throws Exception {
    Path project = Files.createDirectories(temp.resolve("chat"));
    Files.writeString(project.resolve("pom.xml"), block("<!-- file: pom.xml -->", "xml"));
    Path sources = Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(
        sources.resolve("Chat.java"),
        block("<!-- sample: Chat.java -->", "java").replace("8000", "0"));
    LocalRepository repository = LocalRepository.in(temp.resolve("m2"));
    repository.install(ROOT);
    List<String> command =
        List.of(
            "mvn",
            "--batch-mode",
            "-Dmaven.repo.local=" + repository.path(),
            "compile",
            "exec:java",
            "-Dexec.mainClass=Chat");

    try (ChildProcess program = ChildProcess.start(project, command)) {
      String line = program.awaitLine(it -> it.contains(LISTENING), BUILD);
      int port =
          Integer.parseInt(line.substring(line.indexOf(LISTENING) + LISTENING.length()).strip());
      assertThat(echo(port)).isEqualTo("hello");
    }
  }

  private static String echo(int port) throws Exception {
    AGClientSocket socket =
        SocketClusterClient.create(AGClientOptions.builder().port(port).build());
    try {
      return socket.invoke("echo", "hello").get(60, SECONDS).stringValue();
    } finally {
      socket.disconnect();
    }
  }

  private String block(String mark, String language) {
    Matcher found =
        Pattern.compile(Pattern.quote(mark) + "\\s*```" + language + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(document);
    assertThat(found.find()).as(mark).isTrue();
    return found.group(1);
  }
}
