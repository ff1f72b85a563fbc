// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upgrade request has to say (RFC 6455, 4.2.1). */
class UpgradeRulesTest {
  private static final String VALID = RawClient.upgradeRequest("/socketcluster/");
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  private static final String HOST = "Host: localhost\r\n";

  private static String answerTo(String request) {
    try (TestServer test = TestServer.start();
        RawClient client = test.tcp()) {
      client.write(request.getBytes(ISO_8859_1));
      return client.readHead();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "",
        "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25jZQ=",
        "dGhlIHNhbXBsZSBub25jZTE=",
        "dGhlIHNhbXBsZSBub25jZQ==x",
        "dGhlIHNhbXBsZSBub25!ZQ==",
        "dGhlIHNhbXBsZSBub25jZ-==",
        "dGhlIHNhbXBsZSBub25jZTEyMzQ1Njc4OTAxMjM0NTY=",
      })
  void aKeyThatIsNotSixteenBytesInBase64IsABadRequest(String key) {
    assertThat(answerTo(VALID.replace(KEY, "Sec-WebSocket-Key: " + key + "\r\n")))
        .startsWith("HTTP/1.1 400 ");
  }

  static List<String> badRequests() {
    return List.of(
        VALID.replace("HTTP/1.1", "HTTP/1.0"),
        VALID.replace(KEY, KEY + KEY),
        VALID.replace(KEY, ""),
        VALID.replace(HOST, ""),
        VALID.replace(HOST, HOST + "Host: other\r\n"),
        VALID.replace(HOST, HOST + "Sec-WebSocket-Protocol:\r\n"),
        VALID.replace(HOST, HOST + "Sec-WebSocket-Protocol: chat, chat\r\n"),
        VALID.replace(HOST, HOST + "Sec-WebSocket-Protocol: chat,\r\n"),
        VALID.replace(HOST, HOST + "Sec-WebSocket-Protocol: a b\r\n"),
        VALID.replace(HOST, HOST + "Sec-WebSocket-Protocol: (chat)\r\n"),
        VALID.replace(HOST, HOST + "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: a\r\n"),
        VALID.replace("Connection: Upgrade\r\n", ""),
        VALID.replace("Connection: Upgrade", "Connection: keep-alive"),
        VALID.replace(HOST, HOST + "Content-Length: 3\r\n") + "abc",
        VALID.replace(HOST, HOST + "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void anUpgradeThatBreaksTheRulesIsABadRequest(String request) {
    assertThat(answerTo(request)).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"13, 8", "8, 13", "12", "13.0", "+13", ""})
  void aVersionThatIsNotThirteenAloneIsToldWhichIsSpoken(String version) {
    assertThat(answerTo(VALID.replace(VERSION, "Sec-WebSocket-Version: " + version + "\r\n")))
        .startsWith("HTTP/1.1 426 ")
        .containsIgnoringCase("sec-websocket-version: 13\r\n");
  }

  @Test
  void twoVersionsAreToldWhichIsSpoken() {
    assertThat(answerTo(VALID.replace(VERSION, VERSION + "Sec-WebSocket-Version: 8\r\n")))
        .startsWith("HTTP/1.1 426 ");
  }

  @ParameterizedTest
  @CsvSource({
    "Connection: Upgrade, 'Connection: keep-alive, Upgrade'",
    "Connection: Upgrade, connection: upgrade",
    "Upgrade: websocket, Upgrade: WebSocket",
    "Upgrade: websocket, 'upgrade: h2c, WEBSOCKET'",
    "Host: localhost, Host:",
    "Host: localhost, 'Host: localhost\r\nContent-Length: 0'",
    "Sec-WebSocket-Version: 13, 'Sec-WebSocket-Version:  13 '",
    "Host: localhost, 'Host: localhost\r\nSec-WebSocket-Protocol: chat, super.chat!\t,X'",
    "Host: localhost, 'Host: localhost\r\nSec-WebSocket-Extensions: x-foo; bar'",
  })
  void whatRealClientsAndProxiesWriteOtherwiseIsUpgraded(String usual, String written) {
    assertThat(answerTo(VALID.replace(usual, written.replace("\\r\\n", "\r\n"))))
        .startsWith("HTTP/1.1 101 ");
  }
}
