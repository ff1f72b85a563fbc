// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks a configuration without starting anything. */
@Command(
    name = "check",
    description = "Checks a configuration: the file, the environment and the flags.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private final Configuration configuration;

  @Option(names = "--json", description = "prints JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  CheckCommand(Map<String, String> environment) {
    configuration = new Configuration(environment);
  }

  /** Returns what the flags are given to. */
  Configuration configuration() {
    return configuration;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      configuration.read().build();
    } catch (InvalidOptionsError e) {
      if (!json) {
        throw e;
      }
      ObjectNode answer = JsonNodeFactory.instance.objectNode().put("valid", false);
      ArrayNode errors = answer.putArray("errors");
      e.getMessage().lines().forEach(errors::add);
      out.println(answer);
      return CommandLine.ExitCode.USAGE;
    }
    out.println(json ? "{\"valid\":true}" : "The configuration is valid.");
    return 0;
  }
}
