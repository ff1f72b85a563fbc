// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedHopsTest {
  private static List<String> hops(String... lines) {
    return ForwardedHops.in(Map.of("forwarded", List.of(lines)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          for=192.0.2.60;proto=http;by=203.0.113.43|192.0.2.60
          FOR=192.0.2.60 ; Proto=http|192.0.2.60
          proto=https;for="192.0.2.60:4711"|192.0.2.60:4711
          for="[2001:db8::1]:4711"|[2001:db8::1]:4711
          for=unknown|unknown
          for=_SEVKISEK|_SEVKISEK
          host="a,b;for=1.2.3.4";for=192.0.2.60|192.0.2.60
          host="a\\",for=1.2.3.4;\\"";for=192.0.2.60|192.0.2.60
          host="a\\\\";for=192.0.2.60|192.0.2.60
          proto=https|unknown
          for=1.2.3.4;for=5.6.7.8|unknown
          for = 1.2.3.4|unknown
          xfor=1.2.3.4|unknown
          for="1.2.3.4|"1.2.3.4
          """)
  void anElementIsTheNodeThatItIsFor(String line, String node) {
    assertThat(hops(line)).containsExactly(node);
  }

  @Test
  void theNearestHopComesLast() {
    assertThat(hops("for=192.0.2.43, for=\"[2001:db8::1]\"", "for=10.9.9.9;by=_b"))
        .containsExactly("192.0.2.43", "[2001:db8::1]", "10.9.9.9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          for="
          for=6.6.6.6;x="
          for=6.6.6.6;x="\\
          for=6.6.6.6;x=\\
          ,,;=";,"
          for=6.6.6.6, for="a" "
          """)
  void noQuoteOfTheClientReachesWhatTheProxyAddsBehindIt(String madeUp) {
    assertThat(hops(madeUp + ", for=203.0.113.9").getLast()).isEqualTo("203.0.113.9");
    assertThat(hops(madeUp + ",for=\"[2001:db8::9]:1\";by=\"_a\"").getLast())
        .isEqualTo("[2001:db8::9]:1");
  }

  @Test
  void withoutHeadersThereAreNoHops() {
    assertThat(ForwardedHops.in(Map.of())).isEmpty();
  }
}
