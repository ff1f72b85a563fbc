// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.options.DeclaredOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsAsDataTest {
  private static final String EVERY_OPTION =
      """
      {
        "path": "/chat/",
        "protocolVersion": 1,
        "endpoints": [{"path": "/v2/", "protocolVersion": 2, "pingsThroughCodec": false}],
        "origins": ["a.example:*", "*:8000"],
        "trustedProxies": "10.0.0.0/8, 127.0.0.1",
        "proxyProtocol": true,
        "host": "localhost",
        "authKey": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "authAlgorithm": "HS512",
        "authVerifyAlgorithms": ["HS512", "HS256"],
        "authDefaultExpiry": 3600,
        "expiredTokenSubscriptions": "keep",
        "tokenRevocationLimit": 12,
        "handshakeTimeout": 5000,
        "strictHandshake": false,
        "pingInterval": "3s",
        "pingTimeout": "PT7S",
        "pingTimeoutDisabled": true,
        "ackTimeout": "500ms",
        "socketStreamCleanupMode": "close",
        "middlewareTimeout": 0,
        "middlewareEmitFailures": false,
        "batchOnHandshake": true,
        "batchOnHandshakeDuration": 100,
        "batchInterval": 20,
        "allowClientPublish": false,
        "socketChannelLimit": 7,
        "maxPayload": 4096,
        "maxHeaderSize": 5000,
        "maxRequestBody": 0,
        "httpConcurrency": 7,
        "httpQueueLimit": 8,
        "keepAliveTimeout": "50s",
        "perMessageDeflate": {"threshold": 100, "level": 9},
        "inboundBufferLimit": 5000,
        "outboundBufferLimit": 6000,
        "socketMemoryLimit": 100000,
        "memoryLimit": 5000000000,
        "slowConsumerPolicy": "drop-oldest",
        "handshakeConcurrency": 3,
        "handshakeQueueLimit": 4,
        "addressHandshakeRate": {"count": 1, "period": "1m"},
        "socketMessageRate": {"count": 5, "period": 1000, "burst": 9},
        "addressMessageRate": {"count": 2, "period": "1h"},
        "socketSubscribeRate": {"count": 3, "period": "1d"},
        "addressSubscribeRate": {"count": 4, "period": "2s"},
        "transport": "nio",
        "tls": {"certificateChain": "chain.pem", "privateKey": "key.pem", "protocols": ["TLSv1.3"]},
        "eventLoops": 2,
        "reusePort": true,
        "closeDelay": "1s",
        "closeTimeout": "2s",
        "closeRate": 11
      }
      """;

  @Test
  void jsonSetsEveryOptionThatIsNoObjectOfCode() {
    AGServerOptions options = AGServerOptions.builder().fromJson(EVERY_OPTION).build();

    assertThat(options.endpoints())
        .containsExactly(
            AGEndpoint.of("/chat/").withProtocolVersion(ProtocolVersion.V1),
            AGEndpoint.of("/v2/")
                .withProtocolVersion(ProtocolVersion.V2)
                .withPingsThroughCodec(false));
    assertThat(options.origins()).containsExactly("a.example:*", "*:8000");
    assertThat(options.trustedProxies()).containsExactly("10.0.0.0/8", "127.0.0.1");
    assertThat(options.proxyProtocol()).isTrue();
    assertThat(options.tokenRevocationLimit()).isEqualTo(12);
    assertThat(options.authVerifyAlgorithms()).containsExactly("HS512", "HS256");
    assertThat(options.authDefaultExpiry()).isEqualTo(Duration.ofHours(1));
    assertThat(options.handshakeTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.pingInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.pingTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(options.ackTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.socketStreamCleanupMode()).isEqualTo(SocketStreamCleanupMode.CLOSE);
    assertThat(options.slowConsumerPolicy()).isEqualTo(SlowConsumerPolicy.DROP_OLDEST);
    assertThat(options.memoryLimit()).isEqualTo(5_000_000_000L);
    assertThat(options.perMessageDeflate())
        .isEqualTo(PerMessageDeflate.DEFAULT.withThreshold(100).withLevel(9));
    assertThat(options.socketMessageRate())
        .isEqualTo(RateLimit.of(5, Duration.ofSeconds(1)).withBurst(9));
    assertThat(Objects.requireNonNull(options.tls()).protocols()).containsExactly("TLSv1.3");
    assertThat(options.closeRate()).isEqualTo(11);
  }

  @Test
  void noOptionOfDataIsForgottenByThatTest() {
    assertThat(DeclaredOptions.ALL.options())
        .filteredOn(option -> !EVERY_OPTION.contains('"' + option.name() + '"'))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "codecEngine",
            "jsonMapper",
            "httpHandler",
            "authPrivateKey",
            "authPublicKey",
            "authEngine",
            "requestInterceptor",
            "brokerEngine",
            "serverObserver",
            "timeSource");
  }

  @Test
  void aMapMayHoldTheTypesOfTheSetters() {
    AGServerOptions options =
        AGServerOptions.builder()
            .fromMap(
                Map.of(
                    "pingTimeout", Duration.ofSeconds(33),
                    "slowConsumerPolicy", SlowConsumerPolicy.DROP_NEWEST,
                    "origins", List.of("a:1"),
                    "authDefaultExpiry", Duration.ofHours(2)))
            .build();

    assertThat(options.pingTimeout()).isEqualTo(Duration.ofSeconds(33));
    assertThat(options.slowConsumerPolicy()).isEqualTo(SlowConsumerPolicy.DROP_NEWEST);
    assertThat(options.origins()).containsExactly("a:1");
    assertThat(options.authDefaultExpiry()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void theLastOneWinsWhereverItComesFrom() {
    AGServerOptions options =
        AGServerOptions.builder()
            .path("/code/")
            .fromJson("{\"path\": \"/json/\", \"closeRate\": 1}")
            .fromEnvironment(Map.of("SOCKETCLUSTER_CLOSE_RATE", "2"))
            .ackTimeout(Duration.ofSeconds(3))
            .build();

    assertThat(options.path()).isEqualTo("/json/");
    assertThat(options.closeRate()).isEqualTo(2);
    assertThat(options.ackTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void theEnvironmentSetsOptionsByJsonAndOneByOne() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SOCKETCLUSTER_PING_TIMEOUT", "30000");
    environment.put("SOCKETCLUSTER_OPTIONS", "{\"pingTimeout\": 40000, \"pingInterval\": 5000}");
    environment.put("SOCKETCLUSTER_ALLOW_CLIENT_PUBLISH", "false");
    environment.put("SOCKETCLUSTER_SOCKET_MESSAGE_RATE", "{\"count\": 3, \"period\": 1000}");
    environment.put("SOCKETCLUSTER_PORT", "8000"); // of the application
    environment.put("SOCKETCLUSTER_LOG_LEVEL", "2");
    environment.put("PATH", "/bin");

    AGServerOptions options = AGServerOptions.builder().fromEnvironment(environment).build();

    assertThat(options.pingTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.pingInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.allowClientPublish()).isFalse();
    assertThat(options.socketMessageRate()).isEqualTo(RateLimit.of(3, Duration.ofSeconds(1)));
  }

  @Test
  void aVariableThatLooksLikeAMisspeltOptionIsRefused() {
    assertThatThrownBy(
            () ->
                AGServerOptions.builder()
                    .fromEnvironment(Map.of("SOCKETCLUSTER_PING_TIMOUT", "1"))
                    .build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage("SOCKETCLUSTER_PING_TIMOUT sets no option; the nearest is PING_TIMEOUT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"pingTimout\": 1}|pingTimout is no option; the nearest is pingTimeout",
        "{\"nothingLikeIt\": 1}|nothingLikeIt is no option",
        "{\"wsEngine\": \"ws\"}|wsEngine is no option here: ",
        "{\"pingTimeout\": \"soon\"}|pingTimeout is soon; allowed: milliseconds",
        "{\"pingTimeout\": true}|pingTimeout is true; allowed: milliseconds",
        "{\"pingTimeout\": 1.5}|pingTimeout is 1.5; allowed: milliseconds",
        "{\"pingTimeout\": null}|pingTimeout is null; allowed: milliseconds",
        "{\"pingTimeout\": 1000}|pingTimeout is PT1S; allowed: more than pingInterval",
        "{\"closeRate\": 0}|closeRate is 0; allowed: 1 or more",
        "{\"closeRate\": 99999999999}|closeRate is 99999999999; allowed: a whole number",
        "{\"strictHandshake\": 1}|strictHandshake is 1; allowed: true or false",
        "{\"transport\": \"UDP\"}|transport is UDP; allowed: one of [AUTO",
        "{\"protocolVersion\": 3}|protocolVersion is 3; allowed: 1, 2 or DETECT",
        "{\"origins\": [1]}|origins is [1]; allowed: a list of texts",
        "{\"origins\": []}|origins is []; allowed: at least one",
        "{\"socketMessageRate\": {\"count\": 1}}|socketMessageRate is {\"count\":1}; allowed: {",
        "{\"perMessageDeflate\": {\"memLevel\": 1}}|perMessageDeflate is {\"memLevel\":1}; allowed",
        "{\"brokerEngine\": \"x\"}|brokerEngine is x; allowed: what code sets",
        "{\"endpoints\": [{\"path\": \"/socketcluster/\"}]}|endpoint is /socketcluster/; allowed",
        "{\"path\": \"\"}|path is \"\"; allowed",
        "{\"maxPayload\": \" x\"}|maxPayload is \" x\"; allowed",
        "{\"port\": 8000}|port is no option here: listen takes it",
        "[]|The options are no JSON object; allowed",
        "{\"closeRate\": 5,}|The options are no JSON object (line 1, column 17); allowed",
        "{\"a\": 1} x|The options are no JSON object"
      })
  void dataIsRefusedLikeTheValuesOfSetters(String json, String message) {
    AGServerOptions.Builder builder = AGServerOptions.builder().fromJson(json);

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void everyRefusedOptionHasALine() {
    assertThatThrownBy(
            () ->
                AGServerOptions.builder()
                    .fromJson("{\"paht\": \"/\", \"closeRate\": 0}")
                    .ackTimeout(Duration.ZERO)
                    .build())
        .message()
        .hasLineCount(3)
        .contains("paht is no option; the nearest is path", "closeRate is 0", "ackTimeout is PT0S");
  }

  @Test
  void aRefusalIsOneLineWhateverTheValue() {
    assertThatThrownBy(
            () -> AGServerOptions.builder().fromJson("{\"maxPayload\": \"a\\nb\"}").build())
        .hasMessage("maxPayload is \"a\\nb\"; allowed: a whole number");
  }

  @Test
  void nothingToReadIsRefusedByBuildAndByNoSetter() {
    AGServerOptions.Builder builder =
        AGServerOptions.builder().fromJson(nothing()).fromMap(absent()).fromEnvironment(absent());

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .message()
        .hasLineCount(3);
  }

  @Test
  void anEndpointBehindOneThatIsRefusedDoesNotHideIt() {
    AGServerOptions.Builder ofCode =
        AGServerOptions.builder().endpoint(absent()).endpoint(AGEndpoint.of("/a/"));
    AGServerOptions.Builder ofData =
        AGServerOptions.builder().fromJson("{\"endpoints\": 5}").endpoint(AGEndpoint.of("/a/"));

    assertThatThrownBy(ofCode::build).hasMessageStartingWith("endpoints is null; allowed");
    assertThatThrownBy(ofData::build).hasMessageStartingWith("endpoints is 5; allowed");
  }

  @Test
  void theVariablesOfAClientAreNoMisspeltOptionsOfTheServer() {
    Map<String, String> environment =
        Map.of("SOCKETCLUSTER_CLIENT_BATCH_ON_HANDSHAKE_DURATION", "200");

    AGServerOptions options = AGServerOptions.builder().fromEnvironment(environment).build();

    assertThat(options.batchOnHandshakeDuration()).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void blanksAroundAVariableDoNotCount() {
    Map<String, String> environment =
        Map.of(
            "SOCKETCLUSTER_CLOSE_RATE", "7 ",
            "SOCKETCLUSTER_STRICT_HANDSHAKE", " false\n",
            "SOCKETCLUSTER_SLOW_CONSUMER_POLICY", "drop-newest ",
            "SOCKETCLUSTER_MEMORY_LIMIT", " 5000000 ");

    AGServerOptions options = AGServerOptions.builder().fromEnvironment(environment).build();

    assertThat(options.closeRate()).isEqualTo(7);
    assertThat(options.strictHandshake()).isFalse();
    assertThat(options.slowConsumerPolicy()).isEqualTo(SlowConsumerPolicy.DROP_NEWEST);
    assertThat(options.memoryLimit()).isEqualTo(5_000_000);
  }

  @Test
  void aPathOfTheFileSystemIsItsName() {
    AGServerOptions options =
        AGServerOptions.builder()
            .fromMap(
                Map.of(
                    "tls",
                    Map.of("certificateChain", Path.of("a.pem"), "privateKey", Path.of("b.pem"))))
            .build();

    assertThat(Objects.requireNonNull(options.tls()).certificateChain())
        .isEqualTo(TlsOptions.Pem.of(Path.of("a.pem")));
  }

  @Test
  void everyRuleBetweenOptionsHasALine() {
    AGServerOptions.Builder builder =
        AGServerOptions.builder()
            .pingTimeout(Duration.ofSeconds(1))
            .socketMemoryLimit(5)
            .endpoint(AGEndpoint.of("nope"))
            .authKey("short");

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .message()
        .hasLineCount(4)
        .contains("pingTimeout is ", "socketMemoryLimit is 5", "endpoint is nope", "authKey has 5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"authKey\": 123456789}",
        "{\"authKey\": \"hunter2",
        "{\"authKey\": [\"hunter2\"]}",
        "{\"tls\": {\"privateKey\": \"hunter2\"}}",
        "{\"authPrivateKey\": [\"hunter2\"]}"
      })
  void noRefusalShowsASecret(String json) {
    assertThatThrownBy(() -> AGServerOptions.builder().fromJson(json).build())
        .message()
        .doesNotContain("hunter2", "123456789");
  }

  @Test
  void aNullKeyIsNoRandomKey() {
    assertThatThrownBy(() -> AGServerOptions.builder().authKey(nothing()).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith("authKey is null");
  }

  @Test
  void whatEverybodyKnowsOrNobodyGaveIsNoSecret() {
    String publicKey = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n";

    for (Function<String, AuthKey> secret :
        List.<Function<String, AuthKey>>of(AuthKey::secret, AuthKey::legacySecret)) {
      assertThatThrownBy(() -> secret.apply(nothing()))
          .isInstanceOf(InvalidOptionsError.class)
          .hasMessageEndingWith(" is null; allowed: a secret");
      assertThatThrownBy(() -> secret.apply(publicKey))
          .isInstanceOf(InvalidOptionsError.class)
          .hasMessageContaining(" is a key in PEM form");
    }
  }

  @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what an absent environment variable gives
  private static String nothing() {
    return System.getenv("NO_SUCH_VARIABLE_OF_THIS_TEST");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless caller gives
  private static <T> T absent() {
    return null;
  }

  @Test
  void keysAndCertificatesAreTextsOrFiles() {
    AGServerOptions options =
        AGServerOptions.builder()
            .fromMap(
                Map.of("tls", Map.of("certificateChain", "a.pem", "privateKey", "-----BEGIN X")))
            .build();

    TlsOptions tls = Objects.requireNonNull(options.tls());
    assertThat(tls.certificateChain()).isEqualTo(TlsOptions.Pem.of(Path.of("a.pem")));
    assertThat(tls.privateKey()).isEqualTo(TlsOptions.Pem.of("-----BEGIN X"));
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    Map<String, Object> circle = new HashMap<>();
    circle.put("self", circle);

    assertThatThrownBy(
            () -> AGServerOptions.builder().fromMap(Map.of("pingTimeout", circle)).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith("pingTimeout is no data; allowed: ");
  }
}
