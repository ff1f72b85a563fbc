// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AuthTokenOptions;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a token. */
@Command(name = "sign", description = "Prints a token with the given claims.")
final class SignCommand implements Callable<Integer> {
  @Mixin private final Configuration configuration;

  @Option(
      names = "--expires-in",
      paramLabel = "TIME",
      description = "such as 30m, 12h or 7d; default: the option authDefaultExpiry")
  private @Nullable String expiresIn;

  @Option(names = "--json", description = "prints JSON")
  private boolean json;

  @Parameters(
      paramLabel = "CLAIMS",
      description = "a JSON object, such as '{\"username\":\"ada\"}'")
  private String claims = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  SignCommand(Map<String, String> environment) {
    configuration = new Configuration(environment);
  }

  @Override
  public Integer call() {
    AuthTokenOptions options =
        expiresIn == null ? AuthTokenOptions.DEFAULT : AuthTokenOptions.expiresIn(time(expiresIn));
    String token;
    try {
      token = Tokens.engine(configuration).signToken(object(claims), options);
    } catch (AGException e) {
      throw new CommandFailure(e.getMessage());
    }
    spec.commandLine()
        .getOut()
        .println(json ? JsonNodeFactory.instance.objectNode().put("token", token) : token);
    return 0;
  }

  private ObjectNode object(String text) {
    try {
      JsonNode read = JsonMapper.shared().readTree(text);
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      // said below
    }
    throw new ParameterException(spec.commandLine(), "the claims are no JSON object");
  }

  private Duration time(String text) {
    try {
      String upper = text.toUpperCase(Locale.ROOT);
      return Duration.parse((upper.endsWith("D") ? "P" : "PT") + upper);
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          spec.commandLine(), "--expires-in is " + text + "; allowed: a time such as 30m or 7d");
    }
  }
}
