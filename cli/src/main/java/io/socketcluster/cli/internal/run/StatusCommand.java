// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import io.socketcluster.workers.SocketClusterWorkers;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the state of the workers. */
@Command(
    name = "status",
    description = "Shows each worker's connections, rates, memory and restarts.")
public final class StatusCommand implements Callable<Integer> {
  private static final double MIB = 1024 * 1024;

  @Mixin private final Running running;

  @Option(names = "--json", description = "prints JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Creates the command, which finds the supervisor by the configuration. */
  public StatusCommand(Map<String, String> environment) {
    running = new Running(environment);
  }

  @Override
  public Integer call() {
    String status = running.call(SocketClusterWorkers.Control::status);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(status);
      return 0;
    }
    JsonNode read = JsonMapper.shared().readTree(status);
    out.println(
        "port "
            + read.path("port").asString()
            + ", supervisor "
            + read.path("pid")
            + (read.has("broker") ? ", broker " + read.path("broker") : ""));
    out.println(
        format(
            "WORKER",
            "PID",
            "STATE",
            "CONNECTIONS",
            "RECEIVED/s",
            "SENT/s",
            "MEMORY",
            "RESTARTS",
            "UPTIME"));
    read.path("workers").forEach(worker -> out.println(line(worker)));
    return 0;
  }

  private static String line(JsonNode worker) {
    return format(
        worker.path("id").asString(),
        worker.path("pid").asString(),
        worker.path("state").asString(),
        worker.path("connections").asString(),
        worker.path("receivedPerSecond").asString(),
        worker.path("sentPerSecond").asString(),
        String.format(Locale.ROOT, "%.0f MiB", worker.path("memory").doubleValue(0) / MIB),
        worker.path("restarts").asString(),
        worker.path("uptimeSeconds").asString() + " s");
  }

  private static String format(Object... columns) {
    return String.format(Locale.ROOT, "%-6s %-8s %-9s %11s %10s %10s %9s %8s %9s", columns);
  }
}
