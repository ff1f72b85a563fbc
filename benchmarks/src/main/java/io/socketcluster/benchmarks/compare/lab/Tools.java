// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where {@code bin/bench} has put what it built, in a clone of the project. */
public record Tools(Path root) {
  public Path load() {
    return target().resolve("load");
  }

  public Path floor() {
    return target().resolve("floor");
  }

  public Path peers() {
    return root.resolve("benchmarks/peers");
  }

  public Path demo() {
    return root.resolve("bin/demo");
  }

  public Path target() {
    return root.resolve("benchmarks/target");
  }

  public Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Returns the runnable jar of a module. */
  public Path jarOf(String module) {
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
