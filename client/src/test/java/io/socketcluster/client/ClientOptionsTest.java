// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad option is refused with its name, its value and what is allowed. */
class ClientOptionsTest {
  private static final Duration NEGATIVE = Duration.ofMillis(-1);
  private static final Duration TOO_LONG = Duration.ofDays(25);

  private static Arguments refused(String message, UnaryOperator<AGClientOptions.Builder> setting) {
    return arguments(message, setting);
  }

  private static UnaryOperator<AGClientOptions.Builder> reconnecting(
      UnaryOperator<AutoReconnectOptions> change) {
    return b -> b.autoReconnectOptions(change.apply(AutoReconnectOptions.DEFAULT));
  }

  static Stream<Arguments> badValues() {
    String name = "a name or an address in ASCII, without port and brackets";
    String path = "a path that begins with / and has no query, as it is in a URI";
    String time = "PT0.001S to PT576H";
    String delay = "PT0S to PT576H";
    String field = "names of HTTP fields that the upgrade does not set itself";
    return Stream.of(
        refused("hostname is \"\"; allowed: " + name, b -> b.hostname("")),
        refused("hostname is a b; allowed: " + name, b -> b.hostname("a b")),
        refused("hostname is host:80; allowed: " + name, b -> b.hostname("host:80")),
        refused("hostname is [::1]; allowed: " + name, b -> b.hostname("[::1]")),
        refused("hostname is a/b; allowed: " + name, b -> b.hostname("a/b")),
        refused("hostname is a@b; allowed: " + name, b -> b.hostname("a@b")),
        refused("hostname is \"a\\r\\nb\"; allowed: " + name, b -> b.hostname("a\r\nb")),
        refused("hostname is müller; allowed: " + name, b -> b.hostname("müller")),
        refused("port is 0; allowed: 1 to 65535", b -> b.port(0)),
        refused("port is 65536; allowed: 1 to 65535", b -> b.port(65_536)),
        refused("path is \"\"; allowed: " + path, b -> b.path("")),
        refused("path is x/; allowed: " + path, b -> b.path("x/")),
        refused("path is /x?a=1; allowed: " + path, b -> b.path("/x?a=1")),
        refused("path is /x#y; allowed: " + path, b -> b.path("/x#y")),
        refused("path is /a b; allowed: " + path, b -> b.path("/a b")),
        refused("path is /%zz; allowed: " + path, b -> b.path("/%zz")),
        refused("path is \"/\\r\\nX: y\"; allowed: " + path, b -> b.path("/\r\nX: y")),
        refused("headers is Host; allowed: " + field, b -> b.header("Host", "x")),
        refused("headers is upgrade; allowed: " + field, b -> b.header("upgrade", "x")),
        refused("headers is a b; allowed: " + field, b -> b.header("a b", "x")),
        refused(
            "headers is X with a control character; allowed: Latin-1 text on one line",
            b -> b.header("X", "secret\r\nY: z")),
        refused(
            "autoReconnectOptions.initialDelay is PT-0.001S; allowed: " + delay,
            reconnecting(o -> o.withInitialDelay(NEGATIVE))),
        refused(
            "autoReconnectOptions.randomness is PT-0.001S; allowed: " + delay,
            reconnecting(o -> o.withRandomness(NEGATIVE))),
        refused(
            "autoReconnectOptions.maxDelay is PT600H; allowed: " + delay,
            reconnecting(o -> o.withMaxDelay(TOO_LONG))),
        refused(
            "autoReconnectOptions.multiplier is 0.5; allowed: 1 to 1000",
            reconnecting(o -> o.withMultiplier(0.5))),
        refused(
            "autoReconnectOptions.multiplier is NaN; allowed: 1 to 1000",
            reconnecting(o -> o.withMultiplier(Double.NaN))),
        refused("connectTimeout is PT0S; allowed: " + time, b -> b.connectTimeout(Duration.ZERO)),
        refused("ackTimeout is PT600H; allowed: " + time, b -> b.ackTimeout(TOO_LONG)),
        refused(
            "timestampParam is \"\"; allowed: at least one character", b -> b.timestampParam("")),
        refused(
            "batchOnHandshakeDuration is PT-0.001S; allowed: " + time,
            b -> b.batchOnHandshakeDuration(NEGATIVE)),
        refused("batchInterval is PT0S; allowed: " + time, b -> b.batchInterval(Duration.ZERO)),
        refused(
            "protocolVersion is DETECT; allowed: V1 or V2",
            b -> b.protocolVersion(ProtocolVersion.DETECT)),
        refused("maxPayload is 0; allowed: 1 to 2147483647", b -> b.maxPayload(0)),
        refused(
            "perMessageDeflate.threshold is -1; allowed: 0 or more",
            b -> b.perMessageDeflate(PerMessageDeflate.DEFAULT.withThreshold(-1))),
        refused(
            "perMessageDeflate.level is 10; allowed: 1 to 9",
            b -> b.perMessageDeflate(PerMessageDeflate.DEFAULT.withLevel(10))),
        refused(
            "outboundBufferLimit is -1; allowed: 1 to 2147483647", b -> b.outboundBufferLimit(-1)),
        refused(
            "sslContext is set; allowed: only with secure", b -> b.sslContext(defaultContext())),
        refused(
            "proxy.hostname is \"\"; allowed: " + name, b -> b.proxy(ProxyOptions.http("", 3128))),
        refused("proxy.port is 0; allowed: 1 to 65535", b -> b.proxy(ProxyOptions.socks5("p", 0))));
  }

  private static SSLContext defaultContext() {
    try {
      return SSLContext.getDefault();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void isRefused(String message, UnaryOperator<AGClientOptions.Builder> setting) {
    AGClientOptions.Builder builder = setting.apply(AGClientOptions.builder());
    assertThatThrownBy(builder::build).isInstanceOf(InvalidOptionsError.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "a.b-c_d~e", "127.0.0.1", "::1", "fe80::1%eth0", "::ffff:1.2.3.4"})
  void aHostnameIsANameOrAnAddress(String hostname) {
    AGClientOptions options = AGClientOptions.builder().hostname(hostname).build();
    assertThat(SocketClusterClient.create(options.toBuilder().autoConnect(false).build()).uri())
        .hasScheme("ws");
  }

  @Test
  void anAddressSetsWhatItSays() {
    AGClientOptions options =
        AGClientOptions.builder()
            .port(1)
            .uri("wss://example.com:8443/chat/?room=a+b&room=%C3%A9&flag")
            .build();

    assertThat(options.secure()).isTrue();
    assertThat(options.hostname()).isEqualTo("example.com");
    assertThat(options.port()).isEqualTo(8443);
    assertThat(options.path()).isEqualTo("/chat/");
    assertThat(options.query()).isEqualTo(Map.of("room", List.of("a b", "é"), "flag", List.of("")));
  }

  @Test
  void whatAnAddressDoesNotSayIsTheDefault() {
    AGClientOptions options =
        AGClientOptions.builder().port(1).path("/x").query("a", "b").uri("HTTP://chat_1").build();

    assertThat(options.secure()).isFalse();
    assertThat(options.hostname()).isEqualTo("chat_1");
    assertThat(options.port()).isEqualTo(80);
    assertThat(options.path()).isEqualTo("/socketcluster/");
    assertThat(options.query()).isEmpty();
    assertThat(AGClientOptions.builder().uri("https://[::1]:99").build().hostname())
        .isEqualTo("::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "example.com", "example.com:80", "ftp://example.com", "ws:example.com", "ws://",
        "ws:///path", "ws://a b", "ws://host:port", "ws://host:999999", "ws://[::1", "//host",
        "ws://host/%zz"
      })
  void anAddressThatIsNoneIsRefused(String uri) {
    AGClientOptions.Builder builder = AGClientOptions.builder();
    assertThatThrownBy(() -> builder.uri(uri).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith("uri is " + uri + "; allowed: ws:// or wss:// with a host");
  }

  @Test
  void anAddressThatIsRefusedDoesNotTellItsSecrets() {
    AGClientOptions.Builder builder = AGClientOptions.builder();
    assertThatThrownBy(() -> builder.uri("ws://ada:secret@host/?token=secret").build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith("uri is ws://host/; allowed")
        .hasMessageContaining("without a user and a password")
        .hasMessageNotContaining("secret");
  }

  @Test
  void optionsCanGoOn() {
    AGClientOptions options = AGClientOptions.builder().port(8000).query("a", "1").build();
    AGClientOptions other = options.toBuilder().query("a", "2").build();

    assertThat(options.query()).isEqualTo(Map.of("a", List.of("1")));
    assertThat(other.query()).isEqualTo(Map.of("a", List.of("1", "2")));
    assertThat(other.port()).isEqualTo(8000);
  }

  @Test
  void trustNeedsACertificate(@TempDir Path directory) throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");

    assertThatThrownBy(() -> secure().trustedCertificates("no certificate").build())
        .hasMessage("trustedCertificates is a text; allowed: X.509 certificates in PEM form");
    assertThatThrownBy(() -> trusting(empty))
        .hasMessage(
            "trustedCertificates is " + empty + "; allowed: X.509 certificates in PEM form");
    assertThatThrownBy(() -> trusting(directory.resolve("none")))
        .hasMessageEndingWith("allowed: a file that can be read");
  }

  private static AGClientOptions.Builder secure() {
    return AGClientOptions.builder().secure(true);
  }

  private static AGClientOptions trusting(Path certificates) {
    return secure().trustedCertificates(certificates).build();
  }

  @Test
  void theTextOfOptionsDoesNotTellSecrets() {
    AGClientOptions options =
        AGClientOptions.builder()
            .query("token", "secret")
            .header("Authorization", "secret")
            .proxy(ProxyOptions.http("proxy", 1).withCredentials("ada", "secret"))
            .build();
    assertThat(options + " " + options.proxy()).doesNotContain("secret");
  }
}
