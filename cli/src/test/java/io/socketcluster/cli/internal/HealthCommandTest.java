// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.FreshCertificate;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import io.socketcluster.workers.WorkersOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command that asks a server on this machine for its health. */
class HealthCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int health(String... more) {
    CommandLine line = new Commands(null, Map.of()).line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> args = new ArrayList<>(List.of("health"));
    args.addAll(List.of(more));
    return line.execute(args.toArray(String[]::new));
  }

  private static SocketClusterWorker start(WorkersOptions.Builder options) {
    return SocketClusterWorker.start(WorkerController.named(null), options.port(0).build());
  }

  @Test
  void aServerThatServesIsHealthy() {
    SocketClusterWorker worker = start(WorkersOptions.builder());
    String port = Integer.toString(worker.agServer().port());
    try {
      assertThat(health("--port", port)).as(err.toString()).isZero();
      assertThat(out.toString()).isEqualToNormalizingNewlines("ok\n");
    } finally {
      worker.close().join();
    }
    assertThat(health("--port", port)).isEqualTo(1);
    assertThat(err.toString()).startsWith("socketcluster: no answer on port ");
  }

  private int healthWith(String options) throws IOException {
    Path file = Files.writeString(folder.resolve("options.json"), options);
    SocketClusterWorker worker = start(WorkersOptions.builder().fromJson(options));
    try {
      return health("-c", file.toString(), "--port", "" + worker.agServer().port());
    } finally {
      worker.close().join();
    }
  }

  private String tlsOptions() throws Exception {
    FreshCertificate certificate = FreshCertificate.in(folder);
    Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.chainPem());
    Path key = Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
    return """
        "protocol": "https", "protocolOptions": {"cert": "%s", "key": "%s"}"""
        .formatted(chain, key);
  }

  @Test
  void aServerWithTlsIsAskedByTls() throws Exception {
    assertThat(healthWith("{%s}".formatted(tlsOptions()))).as(err.toString()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"127.0.0.0/8\", \"::1\"", "\"192.0.2.1\""})
  void aServerBehindTheProxyProtocolIsHealthyWhetherThisMachineIsTrusted(String trusted)
      throws Exception {
    String options = "{\"proxyProtocol\": true, \"trustedProxies\": [%s]}".formatted(trusted);
    assertThat(healthWith(options)).as(err.toString()).isZero();
  }

  @Test
  void theHeaderOfTheProxyProtocolIsInFrontOfTls() throws Exception {
    String options =
        "{\"proxyProtocol\": true, \"trustedProxies\": [\"127.0.0.0/8\", \"::1\"], %s}"
            .formatted(tlsOptions());
    assertThat(healthWith(options)).as(err.toString()).isZero();
  }
}
