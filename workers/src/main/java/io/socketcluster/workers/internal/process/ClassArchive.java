// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The archive of the processes: the classes of a short run, as the JVM maps them into memory, and
 * from JDK 25 on which methods are hot. The name has a hash of what it depends on. Without an
 * archive everything starts, but later.
 */
public final class ClassArchive {
  private static final String PREFIX = "classes-";
  private static final int FIRST_WITH_PROFILES = 25;
  private static final boolean HAS_PROFILES = Runtime.version().feature() >= FIRST_WITH_PROFILES;

  private final Path file;
  private final boolean isPossible;

  private ClassArchive(Path file, boolean isPossible) {
    this.file = file;
    this.isPossible = isPossible;
  }

  /**
   * Returns the archive of a program.
   *
   * @param directory has the file
   */
  public static ClassArchive in(Path directory, JavaProgram program) {
    List<Object> key = new ArrayList<>(List.of(System.getProperty("java.vm.version", "")));
    boolean isPossible = true;
    for (String element : program.classPath().split(File.pathSeparator, -1)) {
      File jar = new File(element);
      isPossible &= jar.isFile(); // the JVM archives no classes of directories
      key.add(element);
      key.add(jar.lastModified());
      key.add(jar.length());
    }
    String hash = Integer.toHexString(Objects.hash(key.toArray()));
    return new ClassArchive(
        directory.resolve(PREFIX + hash + (HAS_PROFILES ? ".aot" : ".jsa")), isPossible);
  }

  /** Returns whether a run would make an archive that is missing. */
  public boolean isMissing() {
    return isPossible && !Files.exists(file);
  }

  List<String> use() {
    if (!Files.exists(file)) {
      return List.of();
    }
    return quietly((HAS_PROFILES ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
  }

  List<String> make() {
    String option = HAS_PROFILES ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    return quietly(option + unfinished());
  }

  /** The JVM warns of each class that it cannot archive. */
  private static List<String> quietly(String option) {
    return List.of(option, "-Xlog:disable", "-Xlog:all=off");
  }

  /**
   * Puts the archive that a run has made where the next processes find it, and deletes those of
   * other class paths and JVMs.
   *
   * @param status of the run: a run that has failed may have left a part of an archive
   */
  public void finish(int status) throws IOException {
    if (status != 0) {
      Files.deleteIfExists(unfinished());
      throw new IOException("the run that makes it ended with status " + status);
    }
    Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
    try (DirectoryStream<Path> archives =
        Files.newDirectoryStream(file.toAbsolutePath().getParent(), PREFIX + "*")) {
      for (Path other : archives) {
        if (!other.getFileName().equals(file.getFileName())) {
          Files.delete(other);
        }
      }
    }
  }

  private Path unfinished() {
    return file.resolveSibling(file.getFileName() + ".new");
  }
}
