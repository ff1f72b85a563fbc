// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a socket is from, with a client that plays the proxy. */
class ForwardedAddressTest {
  private static final String SELF = "127.0.0.1";

  private static AGServerSocket socketOf(TestServer test, String... headers) {
    RawClient client = test.tcp();
    client.write(
        RawClient.upgradeRequest(test.server().getPath() + "?room=a%20b", headers)
            .getBytes(ISO_8859_1));
    client.readUpgradeAnswer();
    client.handshake(null);
    return test.socketOf(client);
  }

  private static @Nullable String text(@Nullable InetAddress address) {
    return address == null ? null : address.getHostAddress();
  }

  private static TestServer trusting(String... proxies) {
    return TestServer.start(options -> options.trustedProxies(proxies));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          X-Forwarded-For: 203.0.113.9|203.0.113.9
          X-Forwarded-For: 1.2.3.4, 203.0.113.9:80, 10.0.0.7|203.0.113.9
          x-forwarded-for: ::ffff:203.0.113.9|203.0.113.9
          X-Forwarded-For: nonsense|
          X-Forwarded-For:|
          Forwarded: for=203.0.113.9|203.0.113.9
          Forwarded: for=1.2.3.4, for="[2001:db8::1]:4711", for=10.0.0.7|2001:db8:0:0:0:0:0:1
          Forwarded: for=unknown|
          Forwarded: for=_hidden|
          Forwarded: for="|
          X-Real-IP: 203.0.113.9|
          """)
  void aTrustedProxySaysWhoTheClientIs(String header, @Nullable String client) {
    try (TestServer test = trusting(SELF, "10.0.0.0/8")) {
      AGServerSocket socket = socketOf(test, header + "\r\n");

      assertThat(text(socket.forwardedForAddress())).isEqualTo(client);
      assertThat(text(socket.remoteAddress())).isEqualTo(SELF);
      assertThat(text(socket.request().clientAddress())).isEqualTo(client == null ? SELF : client);
    }
  }

  @Test
  void severalHeadersOfAChainOfProxiesAreReadFromTheEnd() {
    try (TestServer test = trusting(SELF, "10.0.0.0/8")) {
      AGServerSocket socket =
          socketOf(
              test,
              "X-Forwarded-For: 1.2.3.4\r\n",
              "X-Forwarded-For: 203.0.113.9\r\n",
              "X-Forwarded-For: 10.0.0.7\r\n",
              "Forwarded: for=6.6.6.6\r\n");

      assertThat(text(socket.forwardedForAddress())).isEqualTo("203.0.113.9");
    }
  }

  @ParameterizedTest
  @CsvSource({"X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9"})
  void whoIsNoTrustedProxyCannotMakeUpAnAddress(String header) {
    try (TestServer nobody = TestServer.start();
        TestServer others = trusting("10.0.0.0/8", "::1")) {
      for (TestServer test : new TestServer[] {nobody, others}) {
        AGServerSocket socket = socketOf(test, header + "\r\n");

        assertThat(socket.forwardedForAddress()).isNull();
        assertThat(text(socket.request().clientAddress())).isEqualTo(SELF);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"AUTO", "NIO"})
  void aClientOfIpv4IsOneOnAPortThatSpeaksIpv6Too(Transport transport) {
    try (TestServer test =
        TestServer.start(options -> options.transport(transport).trustedProxies(SELF))) {
      AGServerSocket socket = socketOf(test, "X-Forwarded-For: 2001:db8::1\r\n");

      assertThat(socket.remoteFamily()).isEqualTo("IPv4");
      assertThat(socket.remotePort()).isBetween(1, 65535);
      assertThat(text(socket.forwardedForAddress())).isEqualTo("2001:db8:0:0:0:0:0:1");
    }
  }

  @Test
  void theMiddlewareSeesTheSameRequestBeforeTheUpgradeAndAfterIt() {
    Queue<UpgradeRequest> seen = new ConcurrentLinkedQueue<>();
    try (TestServer test = trusting(SELF)) {
      test.server()
          .setMiddleware(
              AGServer.MIDDLEWARE_HANDSHAKE,
              AGMiddleware.each(
                  action -> {
                    seen.add(action.request());
                    action.allow();
                  }));
      AGServerSocket socket =
          socketOf(test, "X-Forwarded-For: 203.0.113.9\r\n", "Cookie: session=abc\r\n");

      assertThat(seen).hasSize(2).allSatisfy(each -> assertThat(each).isSameAs(socket.request()));
      UpgradeRequest request = Objects.requireNonNull(seen.peek());
      assertThat(text(request.forwardedForAddress())).isEqualTo("203.0.113.9");
      assertThat(request.query("room")).isEqualTo("a b");
      assertThat(request.cookie("session")).isEqualTo("abc");
    }
  }
}
