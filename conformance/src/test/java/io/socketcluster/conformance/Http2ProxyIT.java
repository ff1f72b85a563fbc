// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.testkit.FreshCertificate;
import io.socketcluster.testkit.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server behind proxies that speak HTTP/2 and serve it at another path, with the configurations
 * of examples/proxies.
 */
@Timeout(120)
class Http2ProxyIT {
  private static final String SITE = "/etc/ssl/site";

  @TempDir private Path directory;

  private final Map<ReverseProxy, Integer> ports = new EnumMap<>(ReverseProxy.class);

  @Test
  void theyServeWebSocketsBesideHttp2AtThePathOfTheSite() throws Exception {
    List<ReverseProxy> installed = ReverseProxy.installed(ReverseProxy.Front.HTTP_2);
    assumeFalse(installed.isEmpty(), "no proxy is installed");
    FreshCertificate certificate = FreshCertificate.in(directory);
    Files.writeString(directory.resolve("chain.pem"), certificate.chainPem());
    Files.writeString(directory.resolve("key.pem"), certificate.keyPem());
    Files.writeString(
        directory.resolve("chain-and-key.pem"), certificate.chainPem() + certificate.keyPem());
    SSLContext tls = trusting(certificate);
    AGServer server = TestServers.demo(0, AGServerOptions.builder().trustedProxies("127.0.0.1"));
    try (Running proxies = new Running()) {
      for (ReverseProxy proxy : installed) {
        proxies.start(proxy, server.port());
      }
      for (Map.Entry<ReverseProxy, Integer> proxy : ports.entrySet()) {
        assertThat(versionOf(proxy.getValue(), tls))
            .as(proxy.getKey().name())
            .isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(echo(proxy.getValue(), tls)).as(proxy.getKey().name()).isEqualTo("hello");
      }
    } finally {
      server.close().join();
    }
  }

  private static String echo(int port, SSLContext tls) throws Exception {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .hostname("localhost")
                .port(port)
                .secure(true)
                .sslContext(tls)
                .path("/live/")
                .build());
    try {
      return socket.call("echo", "hello").stringValue();
    } finally {
      socket.disconnect();
    }
  }

  /** Returns the version of HTTP that a page is served with. */
  private static HttpClient.Version versionOf(int port, SSLContext tls) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
      URI uri = URI.create("https://localhost:" + port + "/live/");
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .version();
    }
  }

  private static SSLContext trusting(FreshCertificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("site", certificate.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }

  /** The proxies, which end together. */
  private final class Running implements AutoCloseable {
    private final Map<ReverseProxy, ChildProcess> processes = new EnumMap<>(ReverseProxy.class);

    private void start(ReverseProxy proxy, int server) throws IOException {
      int port = RawServer.freePort();
      ports.put(proxy, port);
      Path own = Files.createDirectory(directory.resolve(proxy.name()));
      ChildProcess process =
          proxy.start(
              own,
              port,
              List.of(server, server),
              configuration -> configuration.replace(SITE, directory.toString()));
      processes.put(proxy, process);
      await().until(() -> process.hasEnded() || isOpen(port));
      assertThat(process.hasEnded()).as(proxy + ": " + process.output()).isFalse();
    }

    private static boolean isOpen(int port) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return probe.isConnected();
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      processes.values().forEach(ChildProcess::close);
    }
  }
}
