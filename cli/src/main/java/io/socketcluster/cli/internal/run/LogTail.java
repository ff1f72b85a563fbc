// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log that another process writes and rotates: the last lines, then each further line
 * once. Not thread-safe.
 */
final class LogTail {
  private static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private final Path older;
  private @Nullable Object key;
  private long read;

  LogTail(Path file) {
    this.file = file;
    this.older = file.resolveSibling(file.getFileName() + ".1");
  }

  /** Returns the last lines of now, also of the file before the current one. */
  List<String> last(int count) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    Consumer<String> keep =
        line -> {
          last.addLast(line);
          if (last.size() > count) {
            last.removeFirst();
          }
        };
    if (Files.exists(older)) {
      try (var lines = Files.lines(older)) {
        lines.forEach(keep);
      }
    }
    key = keyOf(file);
    read = 0;
    all(file).forEach(keep);
    return List.copyOf(last);
  }

  /** Returns the lines that were added since the last call: whole ones. */
  List<String> next() throws IOException {
    try {
      Object now = keyOf(file);
      if (Objects.equals(key, now)) {
        return all(file);
      }
      List<String> lines = new ArrayList<>();
      if (Files.exists(older) && Objects.equals(key, keyOf(older))) {
        lines.addAll(all(older)); // written between the last call and the rotation
      }
      key = now;
      read = 0;
      lines.addAll(all(file));
      return lines;
    } catch (FileNotFoundException | NoSuchFileException e) {
      return List.of(); // in the middle of a rotation
    }
  }

  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private List<String> all(Path place) throws IOException {
    List<String> all = new ArrayList<>();
    try (RandomAccessFile log = new RandomAccessFile(place.toFile(), "r")) {
      read = log.length() < read ? 0 : read; // a smaller file is a new one
      for (List<String> some = some(log); !some.isEmpty(); some = some(log)) {
        all.addAll(some);
      }
    }
    return all;
  }

  private List<String> some(RandomAccessFile log) throws IOException {
    log.seek(read);
    byte[] bytes = new byte[(int) Math.min(MOST_BYTES, log.length() - read)];
    log.readFully(bytes);
    int whole = bytes.length;
    while (whole > 0 && bytes[whole - 1] != '\n') {
      whole--;
    }
    read += whole;
    return new String(bytes, 0, whole, UTF_8).lines().toList();
  }
}
