// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.cli.internal.config.CommandFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

/** Publishes one message over the HTTP API of a server. */
@Command(
    name = "publish",
    description = {
      "Publishes a message over the HTTP API of a server.",
      "The key, or token, of the caller is in the variable SOCKETCLUSTER_API_KEY."
    })
final class PublishCommand implements Callable<Integer> {
  private static final String KEY = "SOCKETCLUSTER_API_KEY";
  private static final int OK = 200;
  private static final Duration CONNECTING = Duration.ofSeconds(5);

  /** The server waits for its broker for ten seconds. */
  private static final Duration ANSWERING = Duration.ofSeconds(15);

  private final Map<String, String> environment;

  @Option(
      names = "--url",
      defaultValue = "http://localhost:8000/api/",
      description = "where the API is; default: ${DEFAULT-VALUE}")
  private String url = "http://localhost:8000/api/";

  @Option(
      names = "--idempotency-key",
      paramLabel = "TEXT",
      description = "the same text publishes once, however often the command is repeated")
  private @Nullable String idempotencyKey;

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "the name of the channel")
  private String channel = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATA",
      defaultValue = "-",
      description = "the message as JSON; - (the default) reads it from the standard input")
  private String data = "-";

  @Spec private CommandSpec spec = CommandSpec.create();

  PublishCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    HttpRequest request = request();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECTING).build()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new CommandFailure("the server refuses: " + reason(answer));
      }
    } catch (ConnectException | HttpTimeoutException e) {
      throw new CommandFailure("no answer from " + url);
    }
    spec.commandLine().getOut().println("published");
    return 0;
  }

  private HttpRequest request() throws IOException {
    String key = environment.getOrDefault(KEY, "");
    if (key.isBlank()) {
      throw refused(KEY + " is not set; it is the key or the token of a caller of the API");
    }
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("channel", channel).set("data", message());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target())
            .timeout(ANSWERING)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    addHeader(request, "authorization", "Bearer " + key.strip(), KEY);
    if (idempotencyKey != null) {
      addHeader(request, "idempotency-key", idempotencyKey, "--idempotency-key");
    }
    return request.build();
  }

  /** The client's own message has the value, which may be a secret, so it is not passed on. */
  private void addHeader(HttpRequest.Builder request, String name, String value, String source) {
    try {
      request.header(name, value);
    } catch (IllegalArgumentException e) {
      throw refused(source + " has a character that an HTTP header cannot carry");
    }
  }

  private JsonNode message() throws IOException {
    String text = data.equals("-") ? new String(System.in.readAllBytes(), UTF_8) : data;
    try {
      JsonNode read = JsonMapper.shared().readTree(text);
      if (!read.isMissingNode()) {
        return read;
      }
    } catch (JacksonException e) {
      // said below
    }
    throw refused("the message is no JSON; a text has quotation marks: '\"hello\"'");
  }

  private URI target() {
    try {
      URI uri = URI.create(url.endsWith("/") ? url : url + "/").resolve("publish");
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw refused("--url is " + url + "; allowed: a URL of http or https");
  }

  private ParameterException refused(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }

  /** The API says why; a proxy, or a server without an API, only has a status. */
  private static String reason(HttpResponse<String> answer) {
    try {
      JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");
      if (error.path("message").isString()) {
        return error.path("name").stringValue("") + ": " + error.path("message").stringValue();
      }
    } catch (JacksonException e) {
      // the status is said
    }
    return "status " + answer.statusCode();
  }
}
