// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stores each token in a file of its own, which only the owner can read if the file system supports
 * owners. A file is replaced atomically, so a crash leaves either the old token or the new one.
 * Thread-safe; several processes may share a directory.
 */
public final class FileAuthEngine implements AuthEngine {
  private static final int READABLE = 60;
  private static final int DIGEST_BYTES = 16;

  private static final FileAttribute<?>[] OWNER_ONLY =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
          }
          : new FileAttribute<?>[0];

  private final Path directory;

  /** Stores tokens in this directory, which is created when the first token is stored. */
  public FileAuthEngine(Path directory) {
    this.directory = Objects.requireNonNull(directory, "directory");
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

  /**
   * A name may be long and have any characters. The file's has a few that every file system takes,
   * for who looks into the directory, and a digest that tells it from others.
   */
  private Path file(String name) {
    String readable = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
    String start = readable.substring(0, Math.min(READABLE, readable.length()));
    return directory.resolve(start + "-" + digest(name) + ".token");
  }

  private static String digest(String name) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JVM has SHA-256", e);
    }
  }
}
