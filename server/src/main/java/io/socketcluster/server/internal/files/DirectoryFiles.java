// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.files;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a directory, read at each request. */
public final class DirectoryFiles implements FileSource {
  /** A file is kept whole until the client has it. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private final Path directory;
  private final LargeFiles large = new LargeFiles();

  /**
   * Reads the files of a directory.
   *
   * @throws InvalidOptionsError when it is none
   */
  public DirectoryFiles(@Nullable Path directory) {
    if (directory == null || !Files.isDirectory(directory)) {
      throw new InvalidOptionsError(
          "directory is " + shown(directory) + "; allowed: a directory that exists");
    }
    this.directory = directory;
  }

  private static String shown(@Nullable Path directory) {
    return directory == null ? "null" : directory.toAbsolutePath().toString();
  }

  @Override
  public @Nullable HttpAnswer read(List<String> names) throws IOException {
    Path file = existing(names);
    if (file == null || !Files.isRegularFile(file)) {
      return null;
    }
    try {
      HttpAnswer answer = read(file, names.getLast());
      return answer == null ? null : FileAnswer.changedAt(Files.getLastModifiedTime(file), answer);
    } catch (FileSystemException e) { // removed meanwhile, or not for this process
      return null;
    }
  }

  private @Nullable HttpAnswer read(Path file, String name) throws IOException {
    if (Files.size(file) > LargeFiles.FROM_BYTES) {
      return large.read(file, name);
    }
    byte[] content = contentOf(file);
    return content == null ? null : FileAnswer.of(name, content);
  }

  /** Returns what a file contains, or null when that is too long; it may grow meanwhile. */
  static byte @Nullable [] contentOf(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      return content.length > MAX_BYTES ? null : content;
    }
  }

  @Override
  public boolean isDirectory(List<String> names) throws IOException {
    Path found = existing(names);
    return found != null && Files.isDirectory(found);
  }

  /** Returns where a name leads to; null when that is nowhere, hidden, or outside. */
  private @Nullable Path existing(List<String> names) throws IOException {
    try {
      Path root = directory.toRealPath();
      Path real = root.resolve(String.join("/", names)).toRealPath();
      return real.startsWith(root) && isShown(root.relativize(real), names) ? real : null;
    } catch (FileSystemException | InvalidPathException e) {
      return null;
    }
  }

  /** What a link leads to must not be hidden either, unless it has the names that were asked. */
  private static boolean isShown(Path real, List<String> names) {
    for (Path each : real) {
      String name = each.toString();
      if (!FilePath.isSafe(name) && !names.contains(name)) {
        return false;
      }
    }
    return true;
  }
}
