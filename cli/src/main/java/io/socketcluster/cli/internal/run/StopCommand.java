// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends the workers. */
@Command(
    name = "stop",
    description = "Lets the workers disconnect their sockets and end, and waits until they have.")
public final class StopCommand implements Callable<Integer> {
  @Mixin private final Running running;

  @Option(names = "--json", description = "prints JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Creates the command, which finds the supervisor by the configuration. */
  public StopCommand(Map<String, String> environment) {
    running = new Running(environment);
  }

  @Override
  public Integer call() {
    return running.call(
        workers -> {
          workers.stop();
          spec.commandLine().getOut().println(json ? "{\"stopped\":true}" : "Stopped.");
          return 0;
        });
  }
}
