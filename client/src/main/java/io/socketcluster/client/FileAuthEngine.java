// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each token in a file of its own, which only the owner can read where the file system knows
 * owners. A file is replaced as a whole, so that a crash leaves the old token or the new one.
 * Thread-safe; several processes may share a directory.
 */
public final class FileAuthEngine implements AuthEngine {
  private static final FileAttribute<?>[] OWNER_ONLY =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
          }
          : new FileAttribute<?>[0];

  private final Path directory;

  /** Keeps tokens in this directory, which is created when the first token is kept. */
  public FileAuthEngine(Path directory) {
    this.directory = directory;
  }

  @Override
  public void saveToken(String name, String signedAuthToken) throws IOException {
    Files.createDirectories(directory);
    Path written = Files.createTempFile(directory, "token", ".new", OWNER_ONLY);
    try {
      Files.writeString(written, signedAuthToken);
      Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  @Override
  public @Nullable String removeToken(String name) throws IOException {
    String removed = loadToken(name);
    Files.deleteIfExists(file(name));
    return removed;
  }

  @Override
  public @Nullable String loadToken(String name) throws IOException {
    try {
      return Files.readString(file(name));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** A name may have any characters; the file has a few, and never leaves the directory. */
  private Path file(String name) {
    return directory.resolve(URLEncoder.encode(name, UTF_8) + ".token");
  }
}
