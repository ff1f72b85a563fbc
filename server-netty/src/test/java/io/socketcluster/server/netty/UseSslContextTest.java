// SPDX-License-Identifier: MIT
package io.socketcluster.server.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.FreshCertificate;
import io.socketcluster.testkit.RawClient;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listening server takes its TLS from a context of Netty. */
class UseSslContextTest {
  @TempDir private Path directory;
  private final AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);

  @AfterEach
  void close() {
    server.close().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static SslContext context(FreshCertificate identity) throws Exception {
    return SslContextBuilder.forServer(
            new ByteArrayInputStream(identity.chainPem().getBytes(ISO_8859_1)),
            new ByteArrayInputStream(identity.keyPem().getBytes(ISO_8859_1)))
        .build();
  }

  private SSLSocket connect() throws Exception {
    SSLContext trustful = SSLContext.getInstance("TLS");
    trustful.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            trustful
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private Certificate certificate() throws Exception {
    try (SSLSocket socket = connect()) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void clientsConnectWithItsCertificate() throws Exception {
    assertThat(server.secure()).isFalse();
    SocketClusterNetty.useSslContext(server, context(FreshCertificate.in(directory)));
    assertThat(server.secure()).isTrue();
    server.listen(0);

    try (RawClient client = RawClient.over(connect())) {
      client.upgrade("/socketcluster/");
      client.handshake(null);
      assertThat(client.call("#subscribe", Map.of("channel", "any")).has("error")).isFalse();
    }
  }

  @Test
  void anotherContextReplacesItForNewConnections() throws Exception {
    FreshCertificate first = FreshCertificate.in(directory);
    FreshCertificate second = FreshCertificate.in(directory);
    SocketClusterNetty.useSslContext(server, context(first));
    server.listen(0);
    assertThat(certificate()).isEqualTo(first.certificate());

    SocketClusterNetty.useSslContext(server, context(second));

    assertThat(certificate()).isEqualTo(second.certificate());
  }

  @Test
  void aContextForClientsIsRefused() throws Exception {
    SslContext forClients = SslContextBuilder.forClient().build();

    assertThatThrownBy(() -> SocketClusterNetty.useSslContext(server, forClients))
        .isInstanceOf(InvalidOptionsError.class);
  }
}
