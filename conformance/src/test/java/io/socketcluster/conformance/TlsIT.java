// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.testkit.FreshCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real client over TLS, while the certificate changes. */
class TlsIT {
  @TempDir private Path directory;

  @Test
  void theClientTalksOverTlsBeforeAndAfterAReload() throws Exception {
    Path chain = directory.resolve("chain.pem");
    Path key = directory.resolve("key.pem");
    AGServer server =
        TestServers.demo(
            0,
            AGServerOptions.builder()
                .tls(FreshCertificate.in(directory).writeTo(chain, key, TlsOptions::of)));
    try (ScenarioRun run = Scenario.named("tls").start(server.port())) {
      assertThat(server.secure()).isTrue();
      run.await("READY");
      FreshCertificate.in(directory).writeTo(chain, key, TlsOptions::of);
      server.reloadTls();
      run.awaitSuccess();
    } finally {
      server.close().join();
    }
  }
}
