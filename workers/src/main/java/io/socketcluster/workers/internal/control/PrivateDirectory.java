// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.control;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** Directories and files that nobody but their owner may use. */
public final class PrivateDirectory {
  private PrivateDirectory() {}

  /**
   * Creates the directory if it is missing, and closes it to all others.
   *
   * @throws IOException if it belongs to somebody else, or is no directory
   */
  public static void create(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!isPosix(directory)) {
      Files.createDirectories(directory);
      return;
    }
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(ownerOnly));
    } catch (FileAlreadyExistsException e) {
      check(directory);
    }
    Files.setPosixFilePermissions(directory, ownerOnly);
  }

  private static void check(Path directory) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isDirectory()) {
      throw new IOException(directory + " is no directory");
    }
    if (!attributes.owner().equals(ownerOfNewFiles(directory))) {
      throw new IOException(directory + " belongs to " + attributes.owner().getName());
    }
  }

  /** Returns the user of this process, who may have no name: a container has any user id. */
  private static UserPrincipal ownerOfNewFiles(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, "owner", null);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  /** Creates a file, if it is missing, that only its owner may read. */
  public static void createFile(Path file) throws IOException {
    try {
      if (isPosix(file)) {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      // it is appended to
    }
  }

  private static boolean isPosix(@Nullable Path path) {
    return path != null && path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
