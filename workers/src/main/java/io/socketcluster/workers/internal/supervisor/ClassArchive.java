// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The class data archive of the processes: the classes of a short run, as the JVM maps them into
 * memory. The name has a hash of what it depends on. Without an archive everything starts, later.
 */
final class ClassArchive {
  private final Path file;
  private final boolean isPossible;

  private ClassArchive(Path file, boolean isPossible) {
    this.file = file;
    this.isPossible = isPossible;
  }

  static ClassArchive in(Path directory) {
    List<Object> key = new ArrayList<>(List.of(System.getProperty("java.vm.version", "")));
    boolean isPossible = true;
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      File jar = new File(element);
      isPossible &= jar.isFile(); // the JVM archives no classes of directories
      key.add(element);
      key.add(jar.lastModified());
      key.add(jar.length());
    }
    String hash = Integer.toHexString(Objects.hash(key.toArray()));
    return new ClassArchive(directory.resolve("classes-" + hash + ".jsa"), isPossible);
  }

  /** Returns whether a run would make an archive that is missing. */
  boolean isMissing() {
    return isPossible && !Files.exists(file);
  }

  List<String> use() {
    return Files.exists(file)
        ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:disable", "-Xlog:all=off")
        : List.of();
  }

  List<String> make() {
    return List.of("-XX:ArchiveClassesAtExit=" + unfinished(), "-Xlog:disable", "-Xlog:all=off");
  }

  /** Puts the archive that a run has made where the next processes find it. */
  void finish() throws IOException {
    if (Files.exists(unfinished())) {
      Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path unfinished() {
    return file.resolveSibling(file.getFileName() + ".new");
  }
}
