// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a server; the alerts and the dashboard fit what it finds. */
class PrometheusIT {
  private static final Path MONITORING = Path.of("../monitoring");
  private static final Pattern METER = Pattern.compile("socketcluster_\\w+");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final SocketClusterMetrics metrics = new SocketClusterMetrics(registry);
  private final AGServer server =
      SocketCluster.listen(
          0,
          AGServerOptions.builder()
              .serverObserver(metrics)
              .httpHandler(request -> HttpAnswer.text(200, registry.scrape()))
              .build());

  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void prometheusReadsTheNumberOfClients() throws Exception {
    metrics.bindTo(server);
    int port = freePort();
    Process prometheus = start(port);
    try (RawClient client = RawClient.upgraded(server.port(), "/socketcluster/")) {
      client.handshake(null);
      await()
          .ignoreExceptions()
          .until(() -> query(port, "socketcluster_clients").contains("\"1\"]"));
      assertThat(query(port, "socketcluster_connections_opened_total")).contains("\"1\"]");
    } finally {
      prometheus.destroy();
      prometheus.waitFor();
    }
  }

  private Process start(int port) throws IOException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s}
        rule_files: ['%s']
        scrape_configs:
          - job_name: socketcluster
            metrics_path: /
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(MONITORING.resolve("prometheus-rules.yml").toRealPath(), server.port()));
    return new ProcessBuilder(
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private static String query(int port, String expression) throws IOException {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + port
                + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    try (InputStream answer = uri.toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void prometheusAcceptsTheAlerts() throws Exception {
    Process check =
        new ProcessBuilder(
                "promtool", "check", "rules", MONITORING.resolve("prometheus-rules.yml").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(output).isZero();
  }

  @Test
  void everyMeterOfTheAlertsAndOfTheDashboardExists() throws IOException {
    metrics.bindTo(server);
    Set<String> existing = meters(registry.scrape());
    Set<String> used = meters(Files.readString(MONITORING.resolve("prometheus-rules.yml")));
    used.addAll(meters(Files.readString(MONITORING.resolve("grafana-dashboard.json"))));
    assertThat(existing).containsAll(used);
  }

  private static Set<String> meters(String text) {
    Set<String> names = new TreeSet<>();
    METER.matcher(text).results().forEach(found -> names.add(found.group()));
    return names;
  }
}
