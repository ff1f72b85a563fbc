// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.socketcluster.workers.internal.control.PrivateDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** The files of the log: the current one, and older ones with a number. Not thread-safe. */
final class LogFiles implements AutoCloseable {
  private final Path current;
  private final long largest;
  private final int most;
  private final Consumer<String> warnings;
  private OutputStream out;
  private long size;
  private long rotatedAbove;
  private boolean rotates = true;

  /**
   * Opens the current file.
   *
   * @param warnings is told when the files can no longer be rotated
   */
  LogFiles(Path current, long largest, int most, Consumer<String> warnings) throws IOException {
    this.current = current;
    this.largest = largest;
    this.most = most;
    this.warnings = warnings;
    this.rotatedAbove = largest;
    this.out = open();
  }

  private OutputStream open() throws IOException {
    PrivateDirectory.createFile(current);
    size = Files.size(current);
    return Files.newOutputStream(current, StandardOpenOption.APPEND);
  }

  void write(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    if (size > 0 && size + bytes.length > rotatedAbove) {
      rotate();
    }
    out.write(bytes);
    size += bytes.length;
  }

  /** The log goes on in the current file, whatever happens to the older ones. */
  private void rotate() throws IOException {
    try {
      out.close();
      moveAll();
      rotates = true;
    } catch (IOException e) {
      warnOnce(e);
    }
    out = open();
    rotatedAbove = rotates ? largest : size + largest; // a failure is not repeated for each entry
  }

  private void moveAll() throws IOException {
    for (int i = most - 2; i >= 1; i--) {
      moveIfThere(numbered(i), numbered(i + 1));
    }
    moveIfThere(current, numbered(1));
  }

  private void warnOnce(IOException failure) {
    if (rotates) {
      warnings.accept("The log cannot be rotated, and its file grows: " + failure);
    }
    rotates = false;
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, REPLACE_EXISTING);
    }
  }

  private Path numbered(int number) {
    return current.resolveSibling(current.getFileName() + "." + number);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
