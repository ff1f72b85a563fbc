// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final InetAddress PROXY = address("10.1.2.3");

  private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8"));

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, List<String>> forwardedFor(String... lines) {
    return Map.of("x-forwarded-for", List.of(lines));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.9|203.0.113.9
          203.0.113.9:4711|203.0.113.9
          [2001:db8::1]:80|2001:db8::1
          2001:db8::1|2001:db8::1
          ::ffff:203.0.113.9|203.0.113.9
          1.2.3.4,203.0.113.9|203.0.113.9
          1.2.3.4, 203.0.113.9 ,10.9.9.9|203.0.113.9
          1.2.3.4,203.0.113.9,::ffff:10.9.9.9|203.0.113.9
          203.0.113.9,fd00::7|203.0.113.9
          10.5.5.5,10.9.9.9|10.5.5.5
          1.2.3.4,unknown,10.9.9.9|10.9.9.9
          """)
  void theClientIsTheNearestThatIsNoTrustedProxy(String hops, String client) {
    assertThat(proxies.clientOf(PROXY, forwardedFor(hops))).isEqualTo(address(client));
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(proxies.clientOf(PROXY, forwardedFor("1.2.3.4", "203.0.113.9, 10.9.9.9", "fd00::7")))
        .isEqualTo(address("203.0.113.9"));
  }

  @Test
  void whatTheOtherHeaderSaysCountsOnlyWithoutTheCommonOne() {
    Map<String, List<String>> both =
        Map.of("x-forwarded-for", List.of("203.0.113.9"), "forwarded", List.of("for=1.2.3.4"));
    Map<String, List<String>> empty =
        Map.of("x-forwarded-for", List.of(""), "forwarded", List.of("for=1.2.3.4"));
    Map<String, List<String>> standard = Map.of("forwarded", List.of("for=1.2.3.4"));

    assertThat(proxies.clientOf(PROXY, both)).isEqualTo(address("203.0.113.9"));
    assertThat(proxies.clientOf(PROXY, empty)).isNull();
    assertThat(proxies.clientOf(PROXY, standard)).isEqualTo(address("1.2.3.4"));
  }

  @Test
  void whoIsNotTrustedIsNotBelieved() {
    TrustedProxies nobody = new TrustedProxies(List.of());

    assertThat(proxies.clientOf(address("198.51.100.1"), forwardedFor("203.0.113.9"))).isNull();
    assertThat(proxies.clientOf(null, forwardedFor("203.0.113.9"))).isNull();
    assertThat(nobody.clientOf(PROXY, forwardedFor("203.0.113.9"))).isNull();
  }

  @Test
  void aProxyThatSaysNothingIsNotAClient() {
    assertThat(proxies.clientOf(PROXY, Map.of())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "unknown",
    "_hidden",
    "localhost",
    "1.2.3",
    "[::1",
    "''",
    "%s%s",
    "203.0.113.9.",
    "1"
  })
  void nonsenseIsNobody(String hop) {
    assertThat(proxies.clientOf(PROXY, forwardedFor(hop))).isNull();
  }

  @Test
  void aWayLongerThanAnyRealOneIsNotGoneToItsEnd() {
    String trusted = String.join(",", Collections.nCopies(32, "10.9.9.9"));

    assertThat(proxies.clientOf(PROXY, forwardedFor("1.2.3.4," + trusted)))
        .isEqualTo(address("10.9.9.9"));
  }

  @Test
  void oneAddressAndABlockAreBothNetworks() {
    TrustedProxies one = new TrustedProxies(List.of("192.0.2.1", "2001:db8::1"));

    assertThat(one.clientOf(address("192.0.2.1"), forwardedFor("1.2.3.4"))).isNotNull();
    assertThat(one.clientOf(address("192.0.2.2"), forwardedFor("1.2.3.4"))).isNull();
    assertThat(one.clientOf(address("2001:db8::1"), forwardedFor("1.2.3.4"))).isNotNull();
    assertThat(one.clientOf(address("2001:db8::2"), forwardedFor("1.2.3.4"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "::/0", "10.1.2.3/8", "127.0.0.1/32", "fd00::1/128", "::1"})
  void anyPrefixOfAnAddressIsANetwork(String network) {
    assertThat(TrustedProxies.isNetwork(network)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "localhost",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0/8",
        "::/129",
        " 10.0.0.0/8",
        "10.0.0.0/9999"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThat(TrustedProxies.isNetwork(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(List.of(text)));
  }
}
