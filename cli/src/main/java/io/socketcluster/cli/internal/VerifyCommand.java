// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.protocol.errors.AGException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks a token. */
@Command(name = "verify", description = "Checks a token, and prints its claims.")
final class VerifyCommand implements Callable<Integer> {
  private static final int LONGEST = 64 * 1024;

  @Mixin private final Configuration configuration;

  @Option(names = "--json", description = "prints JSON also when the token is refused")
  private boolean json;

  @Parameters(
      arity = "0..1",
      paramLabel = "TOKEN",
      defaultValue = "-",
      description = "the token; - (the default) reads it from the standard input")
  private String token = "-";

  @Spec private CommandSpec spec = CommandSpec.create();

  VerifyCommand(Map<String, String> environment) {
    configuration = new Configuration(environment);
  }

  @Override
  public Integer call() throws IOException {
    String text =
        token.equals("-") ? new String(System.in.readNBytes(LONGEST), UTF_8).strip() : token;
    try {
      JsonNode claims = Tokens.engine(configuration).verifyToken(text);
      spec.commandLine().getOut().println(json ? answer(true).set("claims", claims) : claims);
      return 0;
    } catch (AGException e) {
      if (!json) {
        throw new CommandFailure("the token is refused: " + e.getMessage());
      }
      spec.commandLine().getOut().println(answer(false).put("error", e.getMessage()));
      return 1;
    }
  }

  private static tools.jackson.databind.node.ObjectNode answer(boolean valid) {
    return JsonNodeFactory.instance.objectNode().put("valid", valid);
  }
}
