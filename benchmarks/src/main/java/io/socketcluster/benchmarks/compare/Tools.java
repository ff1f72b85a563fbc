// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where {@code bin/bench} has put what it built, in a clone of the project. */
record Tools(Path root) {
  Path load() {
    return target().resolve("load");
  }

  Path floor() {
    return target().resolve("floor");
  }

  Path peers() {
    return root.resolve("benchmarks/peers");
  }

  Path demo() {
    return root.resolve("bin/demo");
  }

  Path target() {
    return root.resolve("benchmarks/target");
  }

  Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Returns the runnable jar of a module. */
  Path jarOf(String module) {
    try (Stream<Path> files = Files.list(root.resolve(module).resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-all.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the jar of " + module + " is missing"));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar of " + module + " is missing", e);
    }
  }
}
