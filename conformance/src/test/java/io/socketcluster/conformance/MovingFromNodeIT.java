// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.conformance.samples.SeatProgram;
import io.socketcluster.server.AGServer;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The commands of docs/moving-from-node.md, one worker at a time: on free ports, and sooner. */
@Timeout(900)
class MovingFromNodeIT {
  private static final Path ROOT = Path.of("..");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BUILD_AND_START = Duration.ofMinutes(10);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final int statePort = BrokerProcess.freePort();
  private final int brokerPort = BrokerProcess.freePort();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  /** Runs the command of the guide that contains some words. */
  private ChildProcess command(String words) throws Exception {
    String line =
        Files.readAllLines(ROOT.resolve("docs/moving-from-node.md")).stream()
            .filter(each -> each.contains(words) && !each.startsWith("("))
            .findFirst()
            .orElseThrow()
            .replaceFirst(" &$", "")
            .replace("7777", Integer.toString(statePort))
            .replace("8888", Integer.toString(brokerPort))
            .replace("--port 8001", "--port 0")
            .replace("worker.cjs 8000", "worker.cjs 0");
    String soon = words.equals("bin/scc-state") ? " --startup-delay 0 --scale-out-delay 50" : "";
    ChildProcess process =
        ChildProcess.start(
            ROOT, List.of("bash", "-c", "export SCC_AUTH_KEY=secret; exec env " + line + soon));
    opened.add(process);
    return process;
  }

  private AGClientSocket client(int port) {
    AGClientSocket socket =
        SocketClusterClient.create(AGClientOptions.builder().port(port).build());
    opened.add(socket::disconnect);
    return socket;
  }

  private AGServer program() {
    int port = BrokerProcess.freePort();
    AGServer server = SeatProgram.start(port, "scc://localhost:" + statePort, "secret");
    opened.add(
        () -> {
          server.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
          server.brokerEngine().close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });
    await().atMost(PATIENCE).until(server::isReady);
    return server;
  }

  @Test
  void aDemoAndAProgramJoinTheClusterOfAWorkerAndTakeItsPlace() throws Exception {
    command("bin/scc-state").awaitLine(it -> it.contains("state server"), BUILD_AND_START);
    command("scc-broker/server.js");
    ChildProcess worker = command("worker.cjs");
    int workerPort = number(worker.awaitLine(it -> it.startsWith("listening"), PATIENCE));
    ChildProcess demo = command("bin/demo");
    String started = demo.awaitLine(it -> it.contains("http://localhost"), BUILD_AND_START);
    URI address = URI.create(started.substring(started.indexOf("http")) + "health-check");
    await().atMost(PATIENCE).until(() -> get(address).contains("\"ready\":true"));

    AGClientSocket atWorker = client(workerPort);
    AGClientSocket atDemo = client(address.getPort());
    AGClientSocket atProgram = client(program().port());
    reaches(atWorker, atDemo, "by the worker");
    reaches(atDemo, atWorker, "by the demo");
    reaches(atProgram, atWorker, "by the program");

    worker.close();
    reaches(atDemo, atProgram, "without the worker");
  }

  private static int number(String line) {
    return Integer.parseInt(line.replaceAll("\\D", ""));
  }

  private static String get(URI address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  /** Publishes until it arrives: a worker on Node does not say when it has joined. */
  private static void reaches(AGClientSocket from, AGClientSocket to, String text)
      throws Exception {
    StreamConsumer<JsonNode> messages = to.subscribe(text).createConsumer(PATIENCE);
    await().atMost(PATIENCE).until(() -> to.isSubscribed(text));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              from.invokePublish(text, text).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
              return messages.getBackpressure() > 0;
            });
    assertThat(((Value<JsonNode>) messages.next()).value().stringValue()).isEqualTo(text);
  }
}
