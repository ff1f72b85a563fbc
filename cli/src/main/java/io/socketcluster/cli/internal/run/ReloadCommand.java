// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replaces the workers. */
@Command(
    name = "reload",
    description = "Replaces the workers one by one, each with the classes of now.")
public final class ReloadCommand implements Callable<Integer> {
  @Mixin private final Running running;

  @Option(names = "--tls", description = "only reads the certificates again; sockets stay open")
  private boolean tls;

  @Option(names = "--json", description = "prints JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Creates the command, which finds the supervisor by the configuration. */
  public ReloadCommand(Map<String, String> environment) {
    running = new Running(environment);
  }

  @Override
  public Integer call() {
    return running.call(
        workers -> {
          if (tls) {
            workers.reloadTls();
          } else {
            workers.reload();
          }
          spec.commandLine().getOut().println(json ? "{\"reloaded\":true}" : "Reloaded.");
          return 0;
        });
  }
}
