// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a log that is written and rotated meanwhile. */
class LogTailTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("app.log");
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void rotate() throws IOException {
    Files.move(file(), folder.resolve("app.log.1"));
  }

  @Test
  void eachLineIsReturnedOnce() throws IOException {
    write("1\n2\n3\nhal");
    LogTail tail = new LogTail(file());
    assertThat(tail.last(2)).containsExactly("2", "3");
    write("f\n5\n");
    assertThat(tail.next()).containsExactly("half", "5");
    assertThat(tail.next()).isEmpty();
  }

  @Test
  void theLastLinesMayBeInTheOlderFile() throws IOException {
    write("1\n2\n");
    rotate();
    write("3\n");
    assertThat(new LogTail(file()).last(2)).containsExactly("2", "3");
  }

  @Test
  void aRotationLosesNothing() throws IOException {
    write("1\n");
    LogTail tail = new LogTail(file());
    assertThat(tail.last(5)).containsExactly("1");
    write("2\n");
    rotate();
    assertThat(tail.next()).as("the new file is not there yet").isEmpty();
    write("3, in a longer file\n");
    assertThat(tail.next()).containsExactly("2", "3, in a longer file");
    assertThat(tail.next()).isEmpty();
  }
}
