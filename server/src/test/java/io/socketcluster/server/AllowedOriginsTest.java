// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.testkit.RawClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which web pages may connect, by the header that browsers send. */
class AllowedOriginsTest {
  private static String answer(TestServer test, String... headers) {
    try (RawClient client = test.tcp()) {
      client.write(RawClient.upgradeRequest(test.server().getPath(), headers).getBytes(ISO_8859_1));
      return client.readHead();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "my_app:*, http://my_app:8000",
    "example.com:443, https://example.com",
    "example.com:443, wss://example.com",
    "example.com:80, http://example.com",
    "*:8443, https://sub.example.com:8443",
    "EXAMPLE.com:*, http://example.COM:1234",
    "[::1]:*, http://[::1]:3000",
    "[0:0:0:0:0:0:0:1]:3000, http://[::1]:3000",
    "::1:3000, http://[::1]:3000",
    "192.168.0.7:*, http://192.168.0.7:8080",
    "m\u00fcnchen.de:443, https://xn--mnchen-3ya.de",
    "xn--mnchen-3ya.de:443, https://xn--mnchen-3ya.de",
    "localhost:*, capacitor://localhost",
    "localhost:*, ionic://localhost",
    "abcdefghijklmnopabcdefghijklmnop:*, chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "my_app:*, http://my_app/",
  })
  void thePageOfAnAllowedOriginConnects(String allowed, String origin) {
    try (TestServer test = TestServer.start(options -> options.origins("a.b:1", allowed))) {
      assertThat(answer(test, "Origin: " + origin + "\r\n")).startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "file://",
        "",
        "http://",
        "http://*",
        "http://other:8000",
        "http://my_app.evil.org:8000",
        "http://evil.org/my_app:8000",
        "http://my_app:8000@evil.org",
        "http://evil.org\\@my_app:8000",
        "http://my_app.:8000",
        "http://my_app:80x",
        "http://my_app:65536",
        "my_app:8000",
        "http://my_app:8000, http://evil.org",
      })
  void thePageOfAnyOtherOriginIsRefused(String origin) {
    try (TestServer test = TestServer.start(options -> options.origins("my_app:*", "*:4433"))) {
      assertThat(answer(test, "Origin: " + origin + "\r\n")).startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void twoOriginsAreRefusedThoughOneIsAllowed() {
    try (TestServer test = TestServer.start(options -> options.origins("my_app:*"))) {
      assertThat(answer(test, "Origin: http://my_app\r\n", "Origin: http://evil.org\r\n"))
          .startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void aClientThatIsNoBrowserSendsNoOriginAndMayConnect() {
    List<Throwable> warnings = new CopyOnWriteArrayList<>();
    try (TestServer test =
        TestServer.start(
            options -> options.origins("my_app:*"),
            server ->
                server
                    .listener(AGServer.WARNING)
                    .consume(event -> warnings.add(event.warning())))) {
      assertThat(answer(test)).startsWith("HTTP/1.1 101 ");
      assertThat(warnings) // the end of the connection may be one of them
          .extracting(Throwable::getMessage)
          .noneMatch(message -> message.contains("Invalid origin"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "https://example.com",
        "https://example.com:443",
        "example.com:https",
        "example.com:0",
        "example.com:65536",
        "example.com/:80",
        ":80",
        "*.example.com:*",
        "stra\u00dfe.de:*",
        "",
      })
  void anOriginThatNoPageCanHaveIsRefusedAsAnOption(String origin) {
    AGServerOptions.Builder options = AGServerOptions.builder().origins(origin);
    String shown = origin.isEmpty() ? "\"\"" : origin;

    assertThatThrownBy(options::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith("origins is " + shown + "; allowed: ");
  }
}
