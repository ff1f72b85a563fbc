// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
  private static final InetSocketAddress PROXY = new InetSocketAddress("10.1.2.3", 1234);

  private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.9|203.0.113.9
          203.0.113.9:4711|203.0.113.9
          [2001:db8::1]:80|2001:db8::1
          2001:db8::1|2001:db8::1
          1.2.3.4,203.0.113.9|203.0.113.9
          1.2.3.4,203.0.113.9,10.9.9.9|203.0.113.9
          203.0.113.9,fd00::7|203.0.113.9
          10.5.5.5,10.9.9.9|10.5.5.5
          1.2.3.4,unknown,10.9.9.9|10.9.9.9
          """)
  void theClientIsTheNearestThatIsNoTrustedProxy(String hops, String client) {
    assertThat(proxies.clientOf(PROXY, Arrays.asList(hops.split(",")))).isEqualTo(client);
  }

  @Test
  void whoIsNotTrustedIsNotBelieved() {
    InetSocketAddress stranger = new InetSocketAddress("198.51.100.1", 1234);
    assertThat(proxies.clientOf(stranger, List.of("203.0.113.9"))).isNull();
    assertThat(new TrustedProxies(List.of()).clientOf(PROXY, List.of("203.0.113.9"))).isNull();
    assertThat(proxies.clientOf(null, List.of("203.0.113.9"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"unknown", "_hidden", "localhost", "1.2.3", "[::1", "''", "%s%s"})
  void nonsenseIsNobody(String hop) {
    assertThat(proxies.clientOf(PROXY, List.of(hop))).isNull();
  }
}
