// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.socketcluster.testkit.FreshCertificate;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a connection is carried for, with a client that plays the load balancer. */
class ProxyProtocolTest {
  private static final String SELF = "127.0.0.1";
  private static final int READ_MILLIS = 30_000;
  private static final String V2 = "0d0a0d0a000d0a515549540a";

  private static TestServer trusting(String proxy, UnaryOperator<AGServerOptions.Builder> more) {
    return TestServer.start(o -> more.apply(o.trustedProxies(proxy).proxyProtocol(true)));
  }

  private static TestServer trusting(String proxy) {
    return trusting(proxy, o -> o);
  }

  private static byte[] textOf(String header) {
    return (header + "\r\n").getBytes(ISO_8859_1);
  }

  private static AGServerSocket socketBehind(TestServer test, byte[] header) {
    RawClient client = test.tcp();
    client.write(header);
    client.write(RawClient.upgradeRequest(test.server().getPath()).getBytes(ISO_8859_1));
    client.readUpgradeAnswer();
    client.handshake(null);
    return test.socketOf(client);
  }

  private static @Nullable String text(@Nullable InetAddress address) {
    return address == null ? null : address.getHostAddress();
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 203.0.113.9 10.0.0.1 4711 8000,           203.0.113.9, 4711",
    "PROXY TCP6 2001:db8::9 2001:db8::1 4711 8000, 2001:db8:0:0:0:0:0:9, 4711"
  })
  void theTextOfVersion1NamesTheClient(String header, String client, int port) {
    try (TestServer test = trusting(SELF)) {
      AGServerSocket socket = socketBehind(test, textOf(header));

      assertThat(text(socket.remoteAddress())).isEqualTo(client);
      assertThat(socket.remotePort()).isEqualTo(port);
      assertThat(text(socket.request().clientAddress())).isEqualTo(client);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // command and version, family, length, source, destination, ports, additions
    "21 11 000c cb007109 0a000001 1267 1f40, 203.0.113.9",
    "21 11 0013 cb007109 0a000001 1267 1f40 04 0004 00000000, 203.0.113.9",
    "21 21 0024 20010db8000000000000000000000009 20010db8000000000000000000000001 1267 1f40,"
        + " 2001:db8:0:0:0:0:0:9"
  })
  void theBytesOfVersion2NameTheClient(String bytes, String client) {
    try (TestServer test = trusting(SELF)) {
      byte[] header = HexFormat.of().parseHex(V2 + bytes.replace(" ", ""));

      assertThat(text(socketBehind(test, header).remoteAddress())).isEqualTo(client);
    }
  }

  @Test
  void aProxyThatSpeaksForItselfIsTheClient() {
    try (TestServer test = trusting(SELF)) {
      byte[] local = HexFormat.of().parseHex(V2 + "20000000");

      assertThat(text(socketBehind(test, local).remoteAddress())).isEqualTo(SELF);
      assertThat(text(socketBehind(test, textOf("PROXY UNKNOWN")).remoteAddress())).isEqualTo(SELF);
    }
  }

  @Test
  void aHeaderOfAWebProxyInFrontOfItCountsIfThatIsTrusted() {
    try (TestServer test =
        TestServer.start(o -> o.trustedProxies(SELF, "10.0.0.0/8").proxyProtocol(true))) {
      RawClient client = test.tcp();
      client.write(textOf("PROXY TCP4 10.0.0.7 10.0.0.1 4711 8000"));
      String request =
          RawClient.upgradeRequest(test.server().getPath(), "X-Forwarded-For: 203.0.113.9\r\n");
      client.write(request.getBytes(ISO_8859_1));
      client.readUpgradeAnswer();
      client.handshake(null);

      assertThat(text(test.socketOf(client).request().clientAddress())).isEqualTo("203.0.113.9");
    }
  }

  @Test
  void aHeaderThatComesByteByByteIsRead() throws IOException {
    try (TestServer test = trusting(SELF);
        Socket socket = connect(test)) {
      for (byte each : textOf("PROXY TCP4 203.0.113.9 10.0.0.1 4711 8000")) {
        socket.getOutputStream().write(each);
        socket.getOutputStream().flush();
      }
      socket.getOutputStream().write("GET /no HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(lineFrom(socket)).startsWith("HTTP/1.1 501");
    }
  }

  @Test
  void theHeaderComesBeforeTls(@TempDir Path directory) throws Exception {
    TlsOptions tls =
        FreshCertificate.in(directory)
            .writeTo(directory.resolve("chain.pem"), directory.resolve("key.pem"), TlsOptions::of);
    SSLContext trustful = SSLContext.getInstance("TLS");
    trustful.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    try (TestServer test = trusting(SELF, o -> o.tls(tls));
        Socket socket = connect(test)) {
      socket.getOutputStream().write(textOf("PROXY TCP4 203.0.113.9 10.0.0.1 4711 8000"));
      Socket secured =
          trustful.getSocketFactory().createSocket(socket, "localhost", test.port(), true);
      secured.getOutputStream().write(textOf("GET /no HTTP/1.1\r\nHost: a\r\n"));

      assertThat(lineFrom(secured)).startsWith("HTTP/1.1 501");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "PROXY TCP4 nonsense 10.0.0.1 4711 8000",
        "PROXY TCP4 203.0.113.9 10.0.0.1 70000 8000"
      })
  void aTrustedProxyWithoutAHeaderIsClosed(String line) throws IOException {
    try (TestServer test = trusting(SELF);
        Socket socket = connect(test)) {
      socket.getOutputStream().write(textOf(line + "\r\n"));

      assertThat(socket.getInputStream().read()).isNegative();
      assertThat(test.server().isServing()).isTrue();
    }
  }

  @Test
  void aTrustedProxyThatSaysNothingIsClosedInTime() throws IOException {
    try (TestServer test = trusting(SELF, o -> o.handshakeTimeout(Duration.ofMillis(300)));
        Socket socket = connect(test)) {
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  void nobodyElseCanMakeUpAnAddress() throws IOException {
    try (TestServer test = trusting("10.0.0.0/8")) {
      assertThat(text(socketBehind(test, new byte[0]).remoteAddress())).isEqualTo(SELF);

      try (Socket socket = connect(test)) {
        socket
            .getOutputStream()
            .write(textOf("PROXY TCP4 203.0.113.9 10.0.0.1 4711 8000\r\nGET / HTTP/1.1\r\n"));
        assertThat(lineFrom(socket)).startsWith("HTTP/1.1 400");
      }
    }
  }

  private static Socket connect(TestServer test) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), test.port());
    socket.setSoTimeout(READ_MILLIS);
    return socket;
  }

  private static String lineFrom(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = socket.getInputStream().read(); each >= ' '; ) {
      line.append((char) each);
      each = socket.getInputStream().read();
    }
    return line.toString();
  }
}
