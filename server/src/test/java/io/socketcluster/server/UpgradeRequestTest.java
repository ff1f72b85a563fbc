// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeRequestTest {
  private static UpgradeRequest request(String uri, Map<String, List<String>> headers) {
    return new UpgradeRequest(uri, headers, null, 0, null);
  }

  private static Map<String, List<String>> query(String query) {
    return request("/socketcluster/" + query, Map.of()).query();
  }

  private static Map<String, String> cookies(String... lines) {
    return request("/", Map.of("cookie", List.of(lines))).cookies();
  }

  @Test
  void aParameterOfTheQueryIsDecodedAndCanHaveSeveralValues() {
    assertThat(query("?room=1&room=a%20b+c&na%C3%AFve=%E2%82%AC&flag&empty=&x=a=b"))
        .containsExactly(
            Map.entry("room", List.of("1", "a b c")),
            Map.entry("na\u00efve", List.of("\u20ac")),
            Map.entry("flag", List.of("")),
            Map.entry("empty", List.of("")),
            Map.entry("x", List.of("a=b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?&&"})
  void withoutAQueryThereAreNoParameters(String query) {
    assertThat(query(query)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"%", "100%", "%4", "%zz", "%-1", "a%20%"})
  void aBrokenEscapeStaysAsItWasSentAndHarmsNoOther(String broken) {
    assertThat(query("?a=" + broken + "&" + broken + "=b&c=%20"))
        .containsExactly(
            Map.entry("a", List.of(broken)),
            Map.entry(broken, List.of("b")),
            Map.entry("c", List.of(" ")));
  }

  @Test
  void theFirstValueOfAParameterIsAtHand() {
    UpgradeRequest request = request("/?room=1&room=2", Map.of());

    assertThat(request.query("room")).isEqualTo("1");
    assertThat(request.query("Room")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?a=1&b=2&a=3",
        "/?&&a&b=&c==d=&=e",
        "/?b%2B+c=1&a%20=2&%=3&a%=4",
        "/?a",
        "/?",
        "/",
        "/?x?a=1&b",
      })
  void theFirstValueIsThatOfAllParameters(String uri) {
    UpgradeRequest request = request(uri, Map.of());
    Stream.of("a", "b", "c", "", "x", "b+ c", "a ", "%", "a%", "a%20", "x?a", "absent")
        .forEach(
            name -> {
              List<String> values = request.query().get(name);
              assertThat(request.query(name)).isEqualTo(values == null ? null : values.getFirst());
            });
  }

  @Test
  void cookiesAreReadAsBrowsersSendThem() {
    assertThat(cookies("session=abc; theme=\"dark\"; cart={\"n\":1,\"m\":[2]}; pct=a%20b"))
        .containsExactly(
            Map.entry("session", "abc"),
            Map.entry("theme", "dark"),
            Map.entry("cart", "{\"n\":1,\"m\":[2]}"),
            Map.entry("pct", "a%20b"));
  }

  @Test
  void ofCookiesWithOneNameTheFirstCounts() {
    assertThat(cookies("a=1; a=2; b=3", "b=4; c=5"))
        .isEqualTo(Map.of("a", "1", "b", "3", "c", "5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", ";;;", "=", "=x", "\"", "  ", "=;=;", "$Version=1"})
  void whatIsNoCookieIsLeftOut(String line) {
    assertThat(cookies(line + "; good=1")).containsEntry("good", "1");
    assertThat(request("/", Map.of("cookie", List.of(line))).cookie("good")).isNull();
  }

  @Test
  void aHeaderIsFoundInUpperAndLowerCase() {
    UpgradeRequest request = request("/", Map.of("x-own", List.of("1", "2")));

    assertThat(request.header("X-Own")).isEqualTo("1");
    assertThat(request.header("x-own")).isEqualTo("1");
    assertThat(request.header("x-other")).isNull();
    assertThat(request.cookies()).isEmpty();
  }

  @Test
  void theAddressOfTheClientIsTheForwardedOneIfThereIsOne() throws Exception {
    InetAddress peer = InetAddress.getByName("2001:db8::1");
    InetAddress client = InetAddress.getByName("203.0.113.9");
    UpgradeRequest direct = new UpgradeRequest("/", Map.of(), peer, 1, null);
    UpgradeRequest forwarded = new UpgradeRequest("/", Map.of(), peer, 1, client);

    assertThat(direct.clientAddress()).isEqualTo(peer);
    assertThat(forwarded.clientAddress()).isEqualTo(client);
    assertThat(direct.remoteFamily()).isEqualTo("IPv6");
    assertThat(request("/", Map.of()).remoteFamily()).isNull();
    assertThat(request("/", Map.of()).clientAddress()).isNull();
  }

  @Test
  void itsTextTellsNoSecret() {
    UpgradeRequest request =
        request("/path/?token=secret", Map.of("cookie", List.of("session=secret")));

    assertThat(request.toString()).contains("/path/").doesNotContain("secret");
  }
}
