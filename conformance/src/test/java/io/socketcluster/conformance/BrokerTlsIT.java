// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.broker.redis.RedisBroker;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.testkit.FreshCertificate;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS between a server and its broker. */
@Timeout(300)
class BrokerTlsIT {
  private static final String OTHER_HOST = "127.0.0.2"; // not in the certificate
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private FreshCertificate certificate;
  private Path chain;
  private Path key;

  @BeforeEach
  void createACertificate() throws Exception {
    certificate = FreshCertificate.in(folder);
    chain = folder.resolve("chain.pem");
    key = folder.resolve("key.pem");
    certificate.writeTo(chain, key, (first, second) -> first);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private AGBrokerEngine closing(AGBrokerEngine engine) {
    opened.add(() -> engine.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    return engine;
  }

  private String nats() {
    BrokerProcess nats =
        ClusterBrokers.nats("--tls", "--tlscert", chain.toString(), "--tlskey", key.toString());
    opened.add(nats);
    return "tls://localhost:" + nats.port();
  }

  private String redis() {
    int port = BrokerProcess.freePort();
    opened.add(
        ClusterBrokers.redis(
            "--bind",
            "127.0.0.1",
            OTHER_HOST,
            "--tls-port",
            Integer.toString(port),
            "--tls-cert-file",
            chain.toString(),
            "--tls-key-file",
            key.toString(),
            "--tls-auth-clients",
            "no"));
    return "rediss://localhost:" + port;
  }

  private SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("broker", certificate.certificate());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static void assertRefused(AGBrokerEngine engine, String... words) throws Exception {
    BrokerEvent.Failure failure = engine.listener(BrokerEvent.ERROR).once(PATIENCE);

    assertThat(failure.error()).isInstanceOf(BrokerError.class).hasMessageContainingAll(words);
    assertThat(engine.isReady()).isFalse();
  }

  @Test
  void natsIsJoinedWhenItsCertificateIsTrusted() throws Exception {
    String url = nats();

    assertRefused(closing(NatsBroker.at(url).build()), "localhost", "sslContext");
    AGBrokerEngine engine = closing(NatsBroker.at(url).sslContext(trusting()).build());
    await().atMost(PATIENCE).until(engine::isReady);
  }

  @Test
  void redisIsJoinedWhenItsCertificateIsTrusted() throws Exception {
    String url = redis();

    assertRefused(closing(RedisBroker.at(url).build()), "localhost", "trustedCertificates");
    String other = url.replace("localhost", OTHER_HOST);
    assertRefused(
        closing(RedisBroker.at(other).trustedCertificates(chain).build()),
        OTHER_HOST,
        "host in url");
    AGBrokerEngine engine = closing(RedisBroker.at(url).trustedCertificates(chain).build());
    await().atMost(PATIENCE).until(engine::isReady);
  }
}
