// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.conformance.samples.ClusterProgram;
import io.socketcluster.server.AGServer;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Servers that a broker joins, with real clients. */
@Timeout(900)
class ClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration START = Duration.ofMinutes(10); // builds when nobody has

  private final List<AutoCloseable> opened = new ArrayList<>();

  private BrokerProcess nats() {
    BrokerProcess nats = ClusterBrokers.nats();
    opened.add(nats);
    return nats;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private AGServer server(BrokerProcess nats) {
    AGServer server = ClusterProgram.start(0, "nats://" + nats.address());
    opened.add(
        () -> {
          server.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
          server.brokerEngine().close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });
    await().atMost(PATIENCE).until(server::isReady);
    return server;
  }

  private AGClientSocket client(AGServer server) {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder().hostname("localhost").port(server.port()).build());
    opened.add(socket::disconnect);
    return socket;
  }

  private static JsonNode next(StreamConsumer<JsonNode> consumer) throws Exception {
    return ((Value<JsonNode>) consumer.next()).value();
  }

  @Test
  void aPublishAtOneServerReachesTheClientsOfAllAndAGapIsToldToThem() throws Exception {
    BrokerProcess nats = nats();
    AGClientSocket here = client(server(nats));
    AGClientSocket there = client(server(nats));
    StreamConsumer<JsonNode> news = there.subscribe("news").createConsumer(PATIENCE);
    StreamConsumer<JsonNode> gaps = there.receiver("gap").createConsumer(PATIENCE);
    await().atMost(PATIENCE).until(() -> there.isSubscribed("news"));

    here.invokePublish("news", "one").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(next(news).stringValue()).isEqualTo("one");

    nats.kill();
    assertThat(next(gaps).path("over").booleanValue()).isFalse();
    nats.restart();
    assertThat(next(gaps).path("over").booleanValue()).isTrue();
  }

  @Test
  void aDemoWithoutItsBrokerServesAndSaysSoInItsHealthCheck() throws Exception {
    BrokerProcess nats = nats();
    String broker = "nats://" + nats.address();
    List<String> command = List.of("bin/demo", "--port", "0", "--broker", broker);
    try (ChildProcess demo = ChildProcess.start(Path.of(".."), command)) {
      String started = demo.awaitLine(line -> line.contains("http://localhost"), START);
      URI check = URI.create(started.substring(started.indexOf("http")) + "health-check");
      await().atMost(PATIENCE).until(() -> get(check).body().contains("\"ready\":true"));

      nats.kill();

      await().atMost(PATIENCE).until(() -> get(check).body().contains("\"ready\":false"));
      assertThat(get(check).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
  }
}
