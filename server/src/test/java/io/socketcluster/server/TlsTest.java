// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.TlsOptions.Pem;
import io.socketcluster.testkit.FreshCertificate;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsTest {
  @TempDir private Path directory;
  private Path chain;
  private Path key;
  private FreshCertificate first;
  private TlsOptions options;

  @BeforeEach
  void makeACertificate() throws Exception {
    chain = directory.resolve("chain.pem");
    key = directory.resolve("key.pem");
    first = FreshCertificate.in(directory);
    options = first.writeTo(chain, key, TlsOptions::of);
  }

  private static TestServer start(TlsOptions tls) {
    return TestServer.start(
        each -> each.tls(tls),
        server ->
            server.onConnection(
                socket ->
                    socket.procedure("echo").consume(request -> request.end(request.data()))));
  }

  private static SSLSocket connect(int port, String... applicationProtocols) throws Exception {
    SSLContext trustful = SSLContext.getInstance("TLS");
    trustful.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            trustful.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(applicationProtocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static RawClient upgrade(SSLSocket socket) {
    RawClient client = RawClient.over(socket);
    client.write(RawClient.upgradeRequest("/socketcluster/").getBytes(ISO_8859_1));
    client.readUpgradeAnswer();
    client.handshake(null);
    return client;
  }

  private static RawClient open(TestServer test) {
    try {
      return upgrade(connect(test.port()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Certificate certificateOf(TestServer test) throws Exception {
    try (SSLSocket socket = connect(test.port())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static void expectEcho(RawClient client, String value) {
    assertThat(client.call("echo", value).path("data").asString()).isEqualTo(value);
  }

  @Test
  void callsAreAnsweredAndPublishesOfAnySizeReachEverySubscriber() throws Exception {
    try (TestServer test = start(options)) {
      assertThat(test.server().secure()).isTrue();
      List<RawClient> clients = IntStream.range(0, 8).mapToObj(i -> open(test)).toList();
      for (RawClient client : clients) {
        expectEcho(client, "x".repeat(100_000));
        client.call("#subscribe", Map.of("channel", "news"));
      }
      for (int i = 0; i < 300; i++) {
        // small ones behind large ones: what is shared must not be written to
        test.server().exchange().transmitPublish("news", i + "y".repeat(i % 3 == 0 ? 17_000 : i));
        test.server().clients().values().forEach(socket -> socket.transmit("e", null));
      }
      for (RawClient client : clients) {
        int number = 0;
        while (number < 300) {
          String data = client.nextJson().path("data").path("data").asString("");
          if (!data.isEmpty()) {
            int expected = number++;
            assertThat(data)
                .isEqualTo(expected + "y".repeat(expected % 3 == 0 ? 17_000 : expected));
          }
        }
        client.close();
      }
    }
  }

  @Test
  void aReloadIsForNewConnectionsAndOldOnesLiveOn() throws Exception {
    try (TestServer test = start(options)) {
      RawClient old = open(test);
      assertThat(certificateOf(test)).isEqualTo(first.certificate());

      FreshCertificate second = FreshCertificate.in(directory);
      second.writeTo(chain, key, TlsOptions::of);
      test.server().reloadTls();
      assertThat(certificateOf(test)).isEqualTo(second.certificate());

      test.server().reloadTls(TlsOptions.of(Pem.of(first.chainPem()), Pem.of(first.keyPem())));
      assertThat(certificateOf(test)).isEqualTo(first.certificate());
      expectEcho(old, "still here");
      old.close();
    }
  }

  @Test
  void whatCannotBeUsedIsRefusedAndTheOldCertificateStays() throws Exception {
    FreshCertificate other = FreshCertificate.in(directory);
    try (TestServer test = start(options)) {
      Files.writeString(key, other.keyPem());
      expectRefused(test, "does not fit");
      Files.writeString(key, "no key at all");
      expectRefused(test, key.toString());
      Files.writeString(chain, "no certificate");
      expectRefused(test, chain.toString());
      Files.delete(chain);
      expectRefused(test, "tls.certificateChain is " + chain);

      assertThat(certificateOf(test)).isEqualTo(first.certificate());
      assertThatThrownBy(() -> start(options)).isInstanceOf(InvalidOptionsError.class);
    }
  }

  private static void expectRefused(TestServer test, String why) {
    assertThatThrownBy(() -> test.server().reloadTls())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining(why)
        .hasMessageContaining("allowed");
  }

  @Test
  void anEncryptedKeyNeedsItsPassphraseWhichIsNeverTold() throws Exception {
    Files.writeString(
        key, FreshCertificate.pem("encrypted private key", encrypted("the passphrase")));
    try (TestServer test = start(options.withPassphrase("the passphrase"))) {
      assertThat(certificateOf(test)).isEqualTo(first.certificate());
    }
    assertThatThrownBy(() -> start(options.withPassphrase("another secret")))
        .isInstanceOf(InvalidOptionsError.class)
        .message()
        .doesNotContain("another secret");
    assertThat(options.withPassphrase("another secret").toString()).doesNotContain("secret");
  }

  private byte[] encrypted(String passphrase) throws Exception {
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    String algorithm = "PBEWithHmacSHA256AndAES_128";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(passphrase.toCharArray())),
        new PBEParameterSpec(salt, 1000));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(first.key().getEncoded()))
        .getEncoded();
  }

  @Test
  void aClientThatOffersHttp2FirstCanUpgradeAllTheSame() throws Exception {
    try (TestServer test = start(options)) {
      SSLSocket socket = connect(test.port(), "h2", "http/1.1");
      RawClient client = upgrade(socket);
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
      expectEcho(client, "over HTTP/1.1");
      client.close();
    }
  }

  @Test
  void plainHttpIsClosed() {
    try (TestServer test = start(options);
        RawClient plain = test.tcp()) {
      plain.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(plain.readAll()).doesNotContain("HTTP/1.1 ");
    }
  }

  @Test
  void aHandshakeThatDoesNotComeIsNotWaitedFor() {
    try (TestServer test =
            TestServer.start(each -> each.tls(options).handshakeTimeout(Duration.ofMillis(200)));
        RawClient silent = test.tcp()) {
      assertThat(silent.readAll()).isEmpty();
    }
  }

  @Test
  void onlyTheProtocolsThatWereChosenAreSpoken() throws Exception {
    try (TestServer test = start(options.withProtocols("TLSv1.3"));
        SSLSocket older = connect(test.port())) {
      older.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(older::startHandshake).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> options.withProtocols("TLSv1.1"))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("tls.protocols is [TLSv1.1]; allowed");
  }

  @Test
  void aClientWithoutTheCertificateThatIsRequiredIsRefused() throws Exception {
    TlsOptions strict = options.withRequiredClientCertificates(Pem.of(chain));
    try (TestServer test = start(strict);
        SSLSocket socket = connect(test.port())) {
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getInputStream().read(); // TLS 1.3 tells it after the client is done
              })
          .isInstanceOf(SSLException.class);
      assertThat(test.server().pendingClientsCount()).isZero();
    }
  }

  @Test
  void aServerWithoutTlsHasNoneToReload() {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);

    assertThat(server.secure()).isFalse();
    assertThatThrownBy(server::reloadTls).isInstanceOf(InvalidActionError.class);
    assertThatThrownBy(() -> server.reloadTls(options)).isInstanceOf(InvalidActionError.class);
    server.close().join();
  }
}
