// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What runs the scenarios. Bun and Deno come from npm, as one binary for each platform. */
public enum JsRuntime {
  NODE,
  BUN,
  DENO;

  private static final Path MODULES = Scenario.SCRIPTS.resolve("node_modules");

  /** Returns the command, up to the script. */
  List<String> command() {
    return switch (this) {
      case NODE -> List.of("node");
      case BUN -> List.of(binary("@oven", "bin/bun"));
      case DENO -> List.of(binary("@deno", "deno"), "run", "--allow-all", "--quiet");
    };
  }

  /** The scripts that would link it are not run on installation. */
  private static String binary(String scope, String name) {
    try (Stream<Path> packages = Files.list(MODULES.resolve(scope))) {
      return packages
          .map(platform -> platform.resolve(name))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException(scope + " has no " + name + " for this platform"))
          .toAbsolutePath()
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
