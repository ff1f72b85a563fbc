// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.workers.SocketClusterWorkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The supervisor that a command is for: that of the configured directory. */
final class Running {
  @Mixin private final Configuration configuration;

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      description = "directory of the supervisor; default: that of the configuration")
  private @Nullable Path directory;

  Running(Map<String, String> environment) {
    configuration = new Configuration(environment);
  }

  /** A command for a supervisor. */
  interface Call<T> {
    T to(SocketClusterWorkers.Control workers) throws IOException;
  }

  /** Gives the command. */
  <T> T call(Call<T> call) {
    try {
      return call.to(SocketClusterWorkers.Control.of(directory()));
    } catch (IOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  Path directory() {
    Path named = directory;
    return named == null ? configuration.read().build().directory() : named;
  }
}
