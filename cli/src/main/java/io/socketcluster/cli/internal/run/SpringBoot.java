// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An application of Spring Boot, whose command line has properties in place of options. */
final class SpringBoot {
  private SpringBoot() {}

  static boolean packs(Path jar) throws IOException {
    return JarManifest.value(jar, "Spring-Boot-Version") != null;
  }

  /** Returns the options of a command as properties. The starter refuses those that it has not. */
  static List<String> properties(List<String> args) {
    return args.stream().filter(it -> it.startsWith("--")).map(SpringBoot::property).toList();
  }

  /** The server shares the port of the application. */
  private static String property(String option) {
    return option.startsWith("--port=")
        ? "--server." + option.substring(2)
        : "--socketcluster." + option.substring(2);
  }
}
