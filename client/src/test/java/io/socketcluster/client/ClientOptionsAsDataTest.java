// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionsAsDataTest {
  private static final String EVERY_OPTION =
      """
      {
        "hostname": "example.com",
        "port": 8443,
        "secure": true,
        "path": "/chat/",
        "query": {"room": ["a", "b"], "n": 1},
        "headers": {"X-Room": "lobby"},
        "proxy": {"type": "socks5", "hostname": "proxy", "port": 1080, "username": "u", "password": "p"},
        "autoConnect": false,
        "autoReconnect": false,
        "autoReconnectOptions": {"initialDelay": 100, "multiplier": 2},
        "autoSubscribeOnConnect": false,
        "connectTimeout": "5s",
        "ackTimeout": 700,
        "pingTimeoutDisabled": true,
        "timestampRequests": true,
        "timestampParam": "now",
        "batchOnHandshake": true,
        "batchOnHandshakeDuration": 50,
        "batchInterval": 20,
        "protocolVersion": 1,
        "authTokenName": "token",
        "channelPrefix": "app.",
        "perMessageDeflate": {"threshold": 100, "level": 9},
        "maxPayload": 1000,
        "outboundBufferLimit": 2000
      }
      """;

  @Test
  void jsonSetsEveryOptionThatIsNoObjectOfCode() {
    AGClientOptions options = AGClientOptions.builder().fromJson(EVERY_OPTION).build();

    assertThat(options.hostname()).isEqualTo("example.com");
    assertThat(options.port()).isEqualTo(8443);
    assertThat(options.query()).isEqualTo(Map.of("room", List.of("a", "b"), "n", List.of("1")));
    assertThat(options.headers()).isEqualTo(Map.of("X-Room", List.of("lobby")));
    assertThat(options.proxy())
        .isEqualTo(ProxyOptions.socks5("proxy", 1080).withCredentials("u", "p"));
    assertThat(options.autoReconnectOptions())
        .isEqualTo(
            AutoReconnectOptions.DEFAULT
                .withInitialDelay(Duration.ofMillis(100))
                .withMultiplier(2));
    assertThat(options.ackTimeout()).isEqualTo(Duration.ofMillis(700));
    assertThat(options.authTokenName()).isEqualTo("token");
    assertThat(options.perMessageDeflate())
        .isEqualTo(PerMessageDeflate.DEFAULT.withThreshold(100).withLevel(9));
    assertThat(options.outboundBufferLimit()).isEqualTo(2000);
  }

  @Test
  void noOptionOfDataIsForgottenByThatTest() {
    assertThat(DeclaredOptions.ALL.options())
        .filteredOn(option -> !EVERY_OPTION.contains('"' + option.name() + '"'))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "codecEngine",
            "jsonMapper",
            "authEngine",
            "timeSource",
            "clientObserver",
            "sslContext");
  }

  @Test
  void theEnvironmentSetsOptionsUnderThePrefixOfClients() {
    AGClientOptions options =
        AGClientOptions.builder()
            .fromEnvironment(
                Map.of(
                    "SOCKETCLUSTER_CLIENT_HOSTNAME", "example.com",
                    "SOCKETCLUSTER_CLIENT_OPTIONS", "{\"port\": 8001}",
                    "SOCKETCLUSTER_ACK_TIMEOUT", "of the server"))
            .build();

    assertThat(options.hostname()).isEqualTo("example.com");
    assertThat(options.port()).isEqualTo(8001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"hostName\": \"a\"}|hostName is no option; the nearest is hostname",
        "{\"wsOptions\": {}}|wsOptions is no option here: ",
        "{\"binaryType\": \"arraybuffer\"}|binaryType is no option here: ",
        "{\"disconnectOnUnload\": true}|disconnectOnUnload is no option here: ",
        "{\"clientId\": \"a\"}|clientId is no option here: ",
        "{\"port\": \"x\"}|port is x; allowed: a whole number",
        "{\"protocolVersion\": 3}|protocolVersion is 3; allowed: 1, 2 or DETECT",
        "{\"port\": 0}|port is 0; allowed: 1 to 65535",
        "{\"headers\": {\"Host\": \"a\"}}|headers is Host; allowed: names",
        "{\"proxy\": {\"hostname\": \"a\"}}|proxy is ",
        "{\"autoReconnectOptions\": {\"initialDelay\": -1}}|autoReconnectOptions.initialDelay is"
            + " PT-0.001S"
      })
  void dataIsRefusedLikeTheValuesOfSetters(String json, String message) {
    AGClientOptions.Builder builder = AGClientOptions.builder().fromJson(json);

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aFieldBehindOneThatIsRefusedDoesNotHideIt() {
    AGClientOptions.Builder headers =
        AGClientOptions.builder().fromJson("{\"headers\": 5}").header("a", "b");
    AGClientOptions.Builder query =
        AGClientOptions.builder().query("a", nothing()).query("token", "b");

    assertThatThrownBy(headers::build).hasMessageStartingWith("headers is set");
    assertThatThrownBy(query::build).hasMessageStartingWith("query is null");
  }

  @Test
  void nullIsRefusedByBuildAndByNoSetter() {
    AGClientOptions.Builder builder =
        AGClientOptions.builder()
            .secure(true)
            .uri(nothing())
            .trustedCertificates(nothing())
            .proxy(ProxyOptions.http(nothing(), 3128));

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .message()
        .contains("uri is null", "trustedCertificates is null", "proxy.hostname is null");
  }

  @SuppressWarnings("NullAway") // what an absent environment variable gives
  private static String nothing() {
    return System.getenv("NO_SUCH_VARIABLE_OF_THIS_TEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/?token=hunter2",
        "ftp://user:hunter2@host/",
        "wss://user:hun/ter2@host/",
        "user:hunter2@host",
        "ws://host/?a\nhunter2",
      })
  void aRefusedAddressShowsNoSecret(String uri) {
    AGClientOptions.Builder builder = AGClientOptions.builder().uri(uri);

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .message()
        .doesNotContain("hunter2", "ter2");
  }

  @Test
  void aRefusedProxyDoesNotShowItsPassword() {
    AGClientOptions.Builder builder =
        AGClientOptions.builder().fromJson("{\"proxy\": {\"password\": \"hunter2\"}}");

    assertThatThrownBy(builder::build).message().doesNotContain("hunter2");
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    Map<String, Object> circle = new HashMap<>();
    circle.put("self", circle);

    assertThatThrownBy(
            () -> AGClientOptions.builder().fromMap(Map.of("ackTimeout", circle)).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith("ackTimeout is no data; allowed: ");
  }
}
