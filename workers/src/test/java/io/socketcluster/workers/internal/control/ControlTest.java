// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The control socket and its directory. */
class ControlTest {
  @TempDir Path temp;

  private static CompletableFuture<ObjectNode> carryOut(String command) {
    return command.equals("echo")
        ? CompletableFuture.completedFuture(JsonNodeFactory.instance.objectNode().put("said", 1))
        : CompletableFuture.failedFuture(new IOException("no " + command));
  }

  private Path directory() throws IOException {
    Path directory = temp.resolve("run");
    PrivateDirectory.create(directory);
    return directory;
  }

  @Test
  void aCommandIsAnswered() throws IOException {
    Path directory = directory();
    try (ControlServer server = ControlServer.open(directory, ControlTest::carryOut)) {
      assertThat(server).isNotNull();
      assertThat(ControlClient.call(directory, "echo").path("said").intValue(0)).isEqualTo(1);
      assertThatThrownBy(() -> ControlClient.call(directory, "other")).hasMessage("no other");
      assertThatThrownBy(() -> ControlClient.call(directory, "x".repeat(2000)))
          .isInstanceOf(IOException.class);
      assertThat(ControlClient.call(directory, "echo").path("ok").booleanValue(false)).isTrue();
    }
  }

  @Test
  void aDirectoryHasOneSupervisor() throws IOException {
    Path directory = directory();
    try (ControlServer first = ControlServer.open(directory, ControlTest::carryOut)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> ControlServer.open(directory, ControlTest::carryOut))
          .hasMessageContaining("another supervisor uses the directory");
    }
    ControlServer.open(directory, ControlTest::carryOut).close();
  }

  @Test
  void theSocketThatACrashHasLeftIsReplaced() throws IOException {
    Path directory = directory();
    Files.createFile(directory.resolve(ControlClient.FILE));
    ControlServer.open(directory, ControlTest::carryOut).close();
  }

  @Test
  void withoutASupervisorACommandSaysSo() {
    assertThatThrownBy(() -> ControlClient.call(temp, "status"))
        .hasMessage("no supervisor runs in " + temp);
  }

  @Test
  void onlyTheOwnerMayEnterTheDirectory() throws IOException {
    Path open =
        Files.createDirectory(
            temp.resolve("open"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    PrivateDirectory.create(open);
    assertThat(Files.getPosixFilePermissions(open))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aUserWithoutANameOwnsADirectory() throws IOException {
    Path directory = directory();
    String name = System.setProperty("user.name", "?"); // as the JVM sets it for such a user
    try {
      PrivateDirectory.create(directory);
    } finally {
      System.setProperty("user.name", name);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aLinkIsNoDirectory() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), directory());
    assertThatThrownBy(() -> PrivateDirectory.create(link)).hasMessageContaining("no directory");
  }
}
