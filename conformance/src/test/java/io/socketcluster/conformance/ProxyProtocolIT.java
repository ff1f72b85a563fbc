// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.testkit.RawClient;
import io.socketcluster.testkit.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy carries connections with the configuration of examples/proxies, and says whose. */
class ProxyProtocolIT {
  /** On Linux each address of 127.0.0.0/8 is this machine's. */
  private static final String CLIENT = "127.0.0.42";

  @TempDir private Path directory;

  private final AGServer server =
      TestServers.demo(
          0, AGServerOptions.builder().trustedProxies("127.0.0.1").proxyProtocol(true));

  @BeforeEach
  void assumeHaproxy() {
    assumeTrue(ReverseProxy.HAPROXY_TCP.isInstalled(), "haproxy is not installed");
  }

  @AfterEach
  void close() {
    server.close().join();
  }

  @Test
  void theAddressOfTheClientArrives() throws IOException {
    int port = RawServer.freePort();
    List<Integer> servers = List.of(server.port(), server.port());
    try (ChildProcess proxy = ReverseProxy.HAPROXY_TCP.start(directory, port, servers)) {
      await().until(() -> proxy.hasEnded() || isAnswered(port));
      assertThat(proxy.hasEnded()).as(proxy.output()).isFalse();

      try (Socket client = connect(port)) {
        OutputStream out = client.getOutputStream();
        String upgrade = RawClient.upgradeRequest(server.getPath());
        out.write(upgrade.getBytes(StandardCharsets.ISO_8859_1));

        await().until(() -> server.pendingClientsCount() == 1);
        InetAddress seen = server.pendingClients().values().iterator().next().remoteAddress();
        assertThat(seen).isEqualTo(InetAddress.getByName(CLIENT));
      }
    }
  }

  private static Socket connect(int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new Socket(loopback, port, InetAddress.getByName(CLIENT), 0);
  }

  private static boolean isAnswered(int port) {
    try (Socket client = connect(port)) {
      client
          .getOutputStream()
          .write("GET /health-check HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = client.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.ISO_8859_1).endsWith("200");
    } catch (IOException e) {
      return false;
    }
  }
}
