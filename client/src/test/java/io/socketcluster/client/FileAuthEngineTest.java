// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileAuthEngineTest {
  @TempDir private Path root;

  private List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aTokenIsThereForTheNextEngine() throws Exception {
    Path directory = root.resolve("not/there/yet");
    new FileAuthEngine(directory).saveToken("name", "first");
    new FileAuthEngine(directory).saveToken("name", "second");

    assertThat(new FileAuthEngine(directory).loadToken("name")).isEqualTo("second");
    assertThat(files(directory)).hasSize(1);
  }

  @Test
  void aTokenThatIsRemovedIsReturnedOnce() throws Exception {
    FileAuthEngine engine = new FileAuthEngine(root);
    engine.saveToken("name", "token");

    assertThat(engine.removeToken("name")).isEqualTo("token");
    assertThat(engine.removeToken("name")).isNull();
    assertThat(engine.loadToken("name")).isNull();
    assertThat(files(root)).isEmpty();
  }

  @Test
  void withoutADirectoryThereIsNoToken() throws Exception {
    FileAuthEngine engine = new FileAuthEngine(root.resolve("missing"));

    assertThat(engine.loadToken("name")).isNull();
    assertThat(engine.removeToken("name")).isNull();
    assertThat(root.resolve("missing")).doesNotExist();
  }

  @Test
  void onlyTheOwnerReadsAToken() throws Exception {
    assumeThat(root.getFileSystem().supportedFileAttributeViews()).contains("posix");
    new FileAuthEngine(root).saveToken("name", "token");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files(root).get(0))))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../../escape",
        "/etc/passwd",
        "a/b\\c:d*e?f\"g<h>i|j",
        "new\nline",
        "nul\0",
        "Ünïcödé 🦊",
        "socketcluster.authToken.localhost:8000",
        "CON",
        "%2e%2e"
      })
  void aNameOfAnyCharactersStaysInTheDirectory(String name) throws Exception {
    Path directory = root.resolve("tokens");
    FileAuthEngine engine = new FileAuthEngine(directory);
    engine.saveToken(name, "token");

    assertThat(engine.loadToken(name)).isEqualTo("token");
    assertThat(files(root)).hasSize(1).allMatch(file -> directory.equals(file.getParent()));
  }

  @Test
  void namesThatDifferInCaseAreTwo() throws Exception {
    FileAuthEngine engine = new FileAuthEngine(root);
    engine.saveToken("Name", "one");
    engine.saveToken("name", "other");

    assertThat(engine.loadToken("Name")).isEqualTo("one");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 255, 1000, 10_000})
  void aLongNameIsKeptLikeAnyOther(int length) throws Exception {
    FileAuthEngine engine = new FileAuthEngine(root);
    String name = "ü".repeat(length);
    engine.saveToken(name + "a", "one");
    engine.saveToken(name + "b", "other");

    assertThat(engine.loadToken(name + "a")).isEqualTo("one");
    assertThat(engine.loadToken(name + "b")).isEqualTo("other");
  }

  @Test
  void whoReadsWhileOthersWriteSeesWholeTokens() throws Exception {
    FileAuthEngine engine = new FileAuthEngine(root);
    String one = "1".repeat(50_000);
    String other = "2".repeat(60_000);
    engine.saveToken("name", one);
    List<Thread> writers =
        Stream.of(one, other)
            .map(token -> Thread.startVirtualThread(() -> saveOften(engine, token)))
            .toList();
    while (writers.stream().anyMatch(Thread::isAlive)) {
      assertThat(engine.loadToken("name")).isIn(one, other);
    }
    assertThat(files(root)).as("no file in between is left").hasSize(1);
  }

  private static void saveOften(FileAuthEngine engine, String token) {
    IntStream.range(0, 200)
        .forEach(
            i -> {
              try {
                engine.saveToken("name", token);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  void aDirectoryThatIsAFileIsAFailure() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "no directory");
    FileAuthEngine engine = new FileAuthEngine(file);

    assertThatThrownBy(() -> engine.saveToken("name", "token")).isInstanceOf(IOException.class);
  }
}
