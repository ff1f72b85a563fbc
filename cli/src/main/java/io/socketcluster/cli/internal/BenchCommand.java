// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts a small load on a server. */
@Command(
    name = "bench",
    description =
        "Puts a small load on a server: clients subscribe to a channel, and one more publishes.")
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_CLIENTS = 10_000;
  private static final int MOST_PUBLISHES = 10_000;
  private static final int MOST_SECONDS = 600;

  @Parameters(paramLabel = "URL", description = "such as ws://localhost:8000/socketcluster/")
  private String url = "";

  @Option(names = "--clients", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
  private int clients = 100;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "publishes in a second; default: ${DEFAULT-VALUE}")
  private int rate = 100;

  @Option(names = "--seconds", defaultValue = "10", description = "default: ${DEFAULT-VALUE}")
  private int seconds = 10;

  @Option(
      names = "--channel",
      defaultValue = "bench",
      description = "clients must be allowed to publish to it; default: ${DEFAULT-VALUE}")
  private String channel = "bench";

  @Option(names = "--json", description = "prints JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    check("--clients", clients, MOST_CLIENTS);
    check("--rate", rate, MOST_PUBLISHES);
    check("--seconds", seconds, MOST_SECONDS);
    Load.Result result = new Load(url, clients, channel).run(rate, seconds);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(result));
    } else {
      print(out, result);
    }
    return result.failures() == 0 ? 0 : 1;
  }

  private void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + value + "; allowed: 1 to " + most);
    }
  }

  private static ObjectNode toJson(Load.Result result) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("clients", result.clients())
        .put("connectMillis", result.connectMillis())
        .put("published", result.published())
        .put("delivered", result.delivered())
        .put("expected", result.expected())
        .put("failures", result.failures())
        .put("p50Millis", result.latency(50))
        .put("p99Millis", result.latency(99))
        .put("maxMillis", result.latency(100));
  }

  private static void print(PrintWriter out, Load.Result result) {
    out.printf("%d clients connected in %d ms%n", result.clients(), result.connectMillis());
    out.printf(
        "%d publishes, %d of %d deliveries, %d failures%n",
        result.published(), result.delivered(), result.expected(), result.failures());
    out.printf(
        "from publish to delivery: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
        result.latency(50), result.latency(99), result.latency(100));
  }
}
