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

/** The files of the log: the current one, and older ones with a number. Not thread-safe. */
final class LogFiles implements AutoCloseable {
  private final Path current;
  private final long largest;
  private final int most;
  private OutputStream out;
  private long size;

  LogFiles(Path current, long largest, int most) throws IOException {
    this.current = current;
    this.largest = largest;
    this.most = most;
    this.out = open();
  }

  private OutputStream open() throws IOException {
    PrivateDirectory.createFile(current);
    size = Files.size(current);
    return Files.newOutputStream(current, StandardOpenOption.APPEND);
  }

  void write(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    if (size > 0 && size + bytes.length > largest) {
      rotate();
    }
    out.write(bytes);
    size += bytes.length;
  }

  private void rotate() throws IOException {
    out.close();
    try {
      for (int i = most - 2; i >= 1; i--) {
        moveIfThere(numbered(i), numbered(i + 1));
      }
      moveIfThere(current, numbered(1));
    } finally {
      out = open(); // the log goes on, whatever happens to the older files
    }
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
