// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.workers.internal.log.LogEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the central log. */
@Command(name = "logs", description = "Shows the last entries of the log of all processes.")
public final class LogsCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 250;

  @Mixin private final Running running;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "number of entries; default: ${DEFAULT-VALUE}")
  private int count = 50;

  @Option(
      names = {"-f", "--follow"},
      description = "goes on with new entries until it is interrupted")
  private boolean follow;

  @Option(names = "--json", description = "prints JSON lines")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Creates the command, which finds the supervisor by the configuration. */
  public LogsCommand(Map<String, String> environment) {
    running = new Running(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = running.directory().resolve("socketcluster.log");
    if (!Files.exists(file)) {
      throw new CommandFailure("there is no log in " + running.directory());
    }
    LogTail tail = new LogTail(file);
    print(tail.last(count));
    while (follow) {
      Thread.sleep(POLL_MILLIS);
      print(tail.next());
    }
    return 0;
  }

  private void print(List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    for (String line : lines) {
      LogEntry entry = json ? null : LogEntry.ofJson(line);
      out.println(entry == null ? line : entry.toText());
    }
    out.flush();
  }
}
