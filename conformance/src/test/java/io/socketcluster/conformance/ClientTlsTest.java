// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static io.socketcluster.conformance.EchoCalls.assertTalks;
import static io.socketcluster.conformance.EchoCalls.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.netty.SocketClusterNetty;
import io.socketcluster.testkit.FreshCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom the client trusts over TLS, and who trusts the client. */
@Timeout(120)
class ClientTlsTest {
  private static final int ANY_PORT = 0;
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir private static Path directory;

  private static FreshCertificate serverIdentity;
  private static FreshCertificate clientIdentity;
  private static AGServer open;
  private static AGServer guarded; // asks for the client's certificate

  @BeforeAll
  static void start() throws Exception {
    serverIdentity = FreshCertificate.in(directory);
    clientIdentity = FreshCertificate.in(directory);
    open = server(SslContextBuilder.forServer(serverIdentity.key(), chain(serverIdentity)).build());
    guarded =
        server(
            SslContextBuilder.forServer(serverIdentity.key(), chain(serverIdentity))
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager((X509Certificate) clientIdentity.certificate())
                .build());
  }

  private static X509Certificate chain(FreshCertificate identity) {
    return (X509Certificate) identity.certificate();
  }

  private static AGServer server(SslContext tls) {
    AGServer server = SocketCluster.create(AGServerOptions.builder().build());
    SocketClusterNetty.useSslContext(server, tls);
    server.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
    server.listen(ANY_PORT);
    return server;
  }

  @AfterAll
  static void stop() {
    open.close().join();
    guarded.close().join();
  }

  private static AGClientOptions.Builder to(AGServer server) {
    return AGClientOptions.builder().hostname("localhost").secure(true).port(server.port());
  }

  private static SSLContext context(@Nullable FreshCertificate own, Certificate trusted)
      throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore ownStore = emptyStore();
    if (own != null) {
      ownStore.setKeyEntry("own", own.key(), PASSWORD, new Certificate[] {own.certificate()});
    }
    keys.init(ownStore, PASSWORD);
    KeyStore trustStore = emptyStore();
    trustStore.setCertificateEntry("server", trusted);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trustStore);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore emptyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  @Test
  void aCertificateInAText() throws Exception {
    assertTalks(to(open).trustedCertificates(serverIdentity.chainPem()));
  }

  @Test
  void certificatesInAFile() throws Exception {
    Path pem = directory.resolve("trusted.pem");
    Files.writeString(pem, clientIdentity.chainPem() + serverIdentity.chainPem());
    assertTalks(to(open).trustedCertificates(pem).hostname("127.0.0.1"));
  }

  @Test
  void aContextOfTheApplication() throws Exception {
    assertTalks(to(open).sslContext(context(null, serverIdentity.certificate())));
  }

  @Test
  void theJvmDoesNotTrustAnyone() throws Exception {
    assertThat(refusal(to(open)))
        .hasStackTraceContaining("unable to find valid certification path");
  }

  @Test
  void anotherCertificateIsTrusted() throws Exception {
    assertThat(refusal(to(open).trustedCertificates(clientIdentity.chainPem())))
        .rootCause()
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void theNameIsAnother() throws Exception {
    assertThat(
            refusal(to(open).trustedCertificates(serverIdentity.chainPem()).hostname("127.0.0.2")))
        .hasStackTraceContaining("127.0.0.2");
  }

  @Test
  void theServerAsksForTheClientsCertificate() throws Exception {
    assertTalks(to(guarded).sslContext(context(clientIdentity, serverIdentity.certificate())));
  }

  @Test
  void theServerRefusesAClientWithoutCertificate() throws Exception {
    Throwable error = refusal(to(guarded).sslContext(context(null, serverIdentity.certificate())));
    assertThat(error.getCause()).isInstanceOf(SSLException.class);
  }

  @Test
  void aServerWithoutTlsIsNotTalkedTo() throws Exception {
    AGServer plain = SocketCluster.create(AGServerOptions.builder().build());
    plain.listen(ANY_PORT);
    try {
      assertThat(refusal(to(plain)).getCause()).isInstanceOf(SSLException.class);
      assertThat(refusal(to(open).secure(false))).isNotNull();
    } finally {
      plain.close().join();
    }
  }
}
