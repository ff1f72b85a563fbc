// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.testkit.RawClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AGServerOptionsTest {
  private static Arguments refused(
      String name, String value, String allowed, UnaryOperator<AGServerOptions.Builder> change) {
    return Arguments.of(name, value, allowed, change);
  }

  static Stream<Arguments> refusedValues() {
    return Stream.of(
        refused("authAlgorithm", "RS256", "[HS256, HS384, HS512]", b -> b.authAlgorithm("RS256")),
        refused("authAlgorithm", "none", "EdDSA", b -> b.authAlgorithm("none")),
        refused("authDefaultExpiry", "PT0S", "PT1S", b -> b.authDefaultExpiry(Duration.ZERO)),
        refused("authDefaultExpiry", "PT0.999S", "PT1S", b -> b.authDefaultExpiry(millis(999))),
        refused(
            "perMessageDeflate.threshold",
            "-1",
            "0 or more",
            b -> b.perMessageDeflate(PerMessageDeflate.DEFAULT.withThreshold(-1))),
        refused(
            "perMessageDeflate.level",
            "0",
            "1 to 9",
            b -> b.perMessageDeflate(PerMessageDeflate.DEFAULT.withLevel(0))),
        refused(
            "perMessageDeflate.level",
            "10",
            "1 to 9",
            b -> b.perMessageDeflate(PerMessageDeflate.DEFAULT.withLevel(10))),
        refused("memoryLimit", "1048575", "1048576 or more", b -> b.memoryLimit((1 << 20) - 1)),
        refused("memoryLimit", "-1", "1048576 or more", b -> b.memoryLimit(-1)),
        refused(
            "socketMemoryLimit",
            "2097151",
            "2097152 or more",
            b -> b.socketMemoryLimit((2 << 20) - 1)),
        refused(
            "socketMemoryLimit",
            "9999",
            "10000 or more",
            b -> b.maxPayload(5000).socketMemoryLimit(9999)),
        refused("path", "socket", "begins with /", b -> b.path("socket")),
        refused("path", "/a?b=1", "no query", b -> b.path("/a?b=1")),
        refused("path", "/a#b", "no query", b -> b.path("/a#b")),
        refused("path", "\"\"", "begins with /", b -> b.path("")),
        refused("origins", "[]", "*:* for all", b -> b.origins()),
        refused("trustedProxies", "localhost", "an address", b -> b.trustedProxies("localhost")),
        refused(
            "trustedProxies", "::1/129", "prefix", b -> b.trustedProxies("10.0.0.1", "::1/129")),
        refused("handshakeTimeout", "PT0S", "PT0.001S", b -> b.handshakeTimeout(millis(0))),
        refused(
            "middlewareTimeout", "PT-1S", "P", b -> b.middlewareTimeout(Duration.ofSeconds(-1))),
        refused("ackTimeout", "PT-0.001S", "PT0.001S", b -> b.ackTimeout(millis(-1))),
        refused("pingInterval", "PT0S", "PT0.001S", b -> b.pingInterval(Duration.ZERO)),
        refused("pingTimeout", "PT8S", "pingInterval", b -> b.pingTimeout(Duration.ofSeconds(8))),
        refused(
            "pingTimeout", "PT20S", "which is PT30S", b -> b.pingInterval(Duration.ofSeconds(30))),
        refused("batchInterval", "PT0S", "PT0.001S", b -> b.batchInterval(Duration.ZERO)),
        refused(
            "batchOnHandshakeDuration",
            "PT577H",
            "PT576H",
            b -> b.batchOnHandshakeDuration(Duration.ofHours(577))),
        refused(
            "tokenRevocationLimit", "100001", "0 to 100000", b -> b.tokenRevocationLimit(100_001)),
        refused("proxyProtocol", "true", "without trustedProxies", b -> b.proxyProtocol(true)),
        refused("socketChannelLimit", "0", "1 or more", b -> b.socketChannelLimit(0)),
        refused("maxPayload", "1023", "1024 or more", b -> b.maxPayload(1023)),
        refused("inboundBufferLimit", "-1", "1024 or more", b -> b.inboundBufferLimit(-1)),
        refused("outboundBufferLimit", "0", "1024 or more", b -> b.outboundBufferLimit(0)),
        refused("handshakeConcurrency", "0", "1 or more", b -> b.handshakeConcurrency(0)),
        refused("handshakeQueueLimit", "-1", "0 or more", b -> b.handshakeQueueLimit(-1)),
        refused(
            "addressHandshakeRate.count",
            "0",
            "1 or more",
            b -> b.addressHandshakeRate(RateLimit.of(0, millis(5)))),
        refused(
            "socketMessageRate.period",
            "PT0S",
            "PT0.001S",
            b -> b.socketMessageRate(RateLimit.of(1, Duration.ZERO))),
        refused(
            "addressMessageRate.period",
            "PT577H",
            "PT576H",
            b -> b.addressMessageRate(RateLimit.of(1, Duration.ofHours(577)))),
        refused(
            "socketSubscribeRate.burst",
            "0",
            "1 or more",
            b -> b.socketSubscribeRate(RateLimit.of(1, millis(5)).withBurst(0))),
        refused(
            "addressSubscribeRate.burst",
            "-1",
            "1 or more",
            b -> b.addressSubscribeRate(RateLimit.of(1, millis(5)).withBurst(-1))),
        refused("closeDelay", "PT-1S", "PT0S", b -> b.closeDelay(Duration.ofSeconds(-1))),
        refused("closeTimeout", "PT-1S", "PT0S", b -> b.closeTimeout(Duration.ofSeconds(-1))),
        refused("closeRate", "0", "1 or more", b -> b.closeRate(0)),
        refused("eventLoops", "0", "1 to 1024", b -> b.eventLoops(0)),
        refused("eventLoops", "1025", "1 to 1024", b -> b.eventLoops(1025)),
        refused("host", "\"\"", "a name or an address", b -> b.host("")),
        refused("host", "a b", "a name or an address", b -> b.host("a b")),
        refused("host", "http://localhost", "no scheme", b -> b.host("http://localhost")),
        refused("host", "localhost:80", "no port", b -> b.host("localhost:80")),
        refused("host", "127.0.0.1:80", "no port", b -> b.host("127.0.0.1:80")),
        refused("host", "[::1]:80", "no port", b -> b.host("[::1]:80")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "My_Host-1.example.", "0.0.0.0", "::", "[::1]", "fe80::1%lo"})
  void aServerListensOnANameOrAnAddress(String host) {
    assertThat(AGServerOptions.builder().host(host).build().host()).isEqualTo(host);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("refusedValues")
  void aRefusalTellsNameValueAndWhatIsAllowed(
      String name, String value, String allowed, UnaryOperator<AGServerOptions.Builder> change) {
    assertRefused(change, name + " is " + value + "; allowed: ", allowed);
  }

  private static void assertRefused(
      UnaryOperator<AGServerOptions.Builder> change, String begin, String allowed) {
    assertThatThrownBy(() -> change.apply(AGServerOptions.builder()).build())
        .isInstanceOf(InvalidOptionsError.class)
        .message()
        .startsWith(begin)
        .contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authDefaultExpiry",
        "handshakeTimeout",
        "ackTimeout",
        "pingInterval",
        "pingTimeout",
        "closeDelay",
        "closeTimeout"
      })
  void noDurationIsNullOrWithoutAnEnd(String name) {
    String longest = name.equals("authDefaultExpiry") ? "PT876000H" : "PT576H";
    Duration tooLong = Duration.parse(longest).plusNanos(1);
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE); // no long has its nanoseconds

    assertRefused(b -> set(b, name, null), name + " is null; allowed: ", longest);
    assertRefused(b -> set(b, name, tooLong), name + " is " + tooLong, longest);
    assertRefused(b -> set(b, name, endless), name + " is " + endless, longest);
  }

  @Test
  void thePingTimeoutMayBeShortWhenItIsDisabled() {
    AGServerOptions options =
        AGServerOptions.builder().pingTimeoutDisabled(true).pingTimeout(millis(5)).build();

    assertThat(options.pingTimeout()).isEqualTo(millis(5));
  }

  @Test
  void theLongestDurationsAreAllowed() {
    Duration longest = Duration.ofDays(24);

    AGServerOptions options =
        AGServerOptions.builder()
            .authDefaultExpiry(Duration.ofDays(36_500))
            .handshakeTimeout(longest)
            .ackTimeout(longest)
            .pingInterval(longest.minusMillis(1))
            .pingTimeout(longest)
            .build();

    assertThat(options.pingTimeout().toMillis()).isLessThan(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authAlgorithm",
        "path",
        "origins",
        "trustedProxies",
        "slowConsumerPolicy",
        "socketStreamCleanupMode",
        "transport"
      })
  void whatHasADefaultIsNotNull(String name) {
    assertRefused(b -> set(b, name, null), name + " is null; allowed: ", "");
  }

  @Test
  @SuppressWarnings("NullAway") // the point of the test
  void noOriginIsNull() {
    assertRefused(b -> b.origins("a:1", null), "origins is [a:1, null]; allowed: ", "none");
  }

  @ParameterizedTest
  @CsvSource({"HS256,31,32", "HS384,32,48", "HS384,47,48", "HS512,34,64", "HS512,63,64"})
  void aKeyShorterThanTheHashIsRefusedAndNotTold(String algorithm, int length, int allowed) {
    String key = "k".repeat(length);

    assertThatThrownBy(
            () -> AGServerOptions.builder().authKey(key).authAlgorithm(algorithm).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage(
            "authKey has "
                + length
                + " bytes; allowed: "
                + allowed
                + " bytes or more, as RFC 7518 asks for "
                + algorithm
                + ". AuthKey.legacySecret verifies tokens of a shorter key");
  }

  @ParameterizedTest
  @CsvSource({"HS256,32", "HS384,48", "HS512,64"})
  void aKeyAsLongAsTheHashSigns(String algorithm, int length) {
    String key = "k".repeat(length - 2) + "\u00e9"; // two bytes

    assertThat(AGServerOptions.builder().authAlgorithm(algorithm).authKey(key).build().authKey())
        .isEqualTo(key);
  }

  @Test
  void withoutAKeyEveryServerHasAnother() {
    try (TestServer one = withoutKey();
        TestServer other = withoutKey()) {
      RawClient client = one.open();
      one.socketOf(client).setAuthToken(Map.of("username", "bob"));
      String token = client.nextJson().path("data").path("token").asString();

      assertThat(one.upgraded().handshake(token).path("isAuthenticated").asBoolean()).isTrue();
      assertThat(other.upgraded().handshake(token).path("authError").path("message").asString())
          .isEqualTo("invalid signature");
    }
  }

  private static TestServer withoutKey() {
    return TestServer.start(ignored -> AGServerOptions.builder().eventLoops(1));
  }

  @Test
  void theDefaultsAreThoseThatAreDocumented() {
    AGServerOptions options = AGServerOptions.DEFAULT;

    assertThat(options.authDefaultExpiry()).isEqualTo(Duration.ofDays(1));
    assertThat(options.path()).isEqualTo("/socketcluster/");
    assertThat(options.origins()).containsExactly("*:*");
    assertThat(options.trustedProxies()).isEmpty();
    assertThat(options.handshakeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.ackTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.pingInterval()).isEqualTo(Duration.ofSeconds(8));
    assertThat(options.pingTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.socketChannelLimit()).isEqualTo(1000);
    assertThat(options.addressHandshakeRate()).isNull();
    assertThat(options.socketMessageRate())
        .isEqualTo(new RateLimit(100_000, Duration.ofSeconds(1), 100_000));
    assertThat(options.addressMessageRate()).isNull();
    assertThat(options.socketSubscribeRate()).isNull();
    assertThat(options.addressSubscribeRate()).isNull();
    assertThat(options.allowClientPublish()).isTrue();
    assertThat(options.middlewareEmitFailures()).isTrue();
    assertThat(options.batchOnHandshake()).isFalse();
    assertThat(options.batchOnHandshakeDuration()).isEqualTo(millis(400));
    assertThat(options.batchInterval()).isEqualTo(millis(50));
    assertThat(options.strictHandshake()).isTrue();
    assertThat(options.pingTimeoutDisabled()).isFalse();
    assertThat(options.socketStreamCleanupMode()).isEqualTo(SocketStreamCleanupMode.KILL);
    assertThat(options.requestInterceptor()).isNull();
    assertThat(options.authKey()).isNull();
  }

  // Copies.

  private static AGServerOptions allChanged() {
    return AGServerOptions.builder()
        .authKey("k".repeat(64))
        .authDefaultExpiry(Duration.ofDays(2))
        .authAlgorithm("HS512")
        .authVerifyAlgorithms("HS512", "HS384")
        .expiredTokenSubscriptions(ExpiredTokenSubscriptions.RECHECK)
        .tokenRevocationLimit(20)
        .host("127.0.0.1")
        .path("/other/")
        .origins("example.com:*", "*:8080")
        .protocolVersion(ProtocolVersion.V1)
        .codecEngine(new JsonCodec())
        .endpoint(AGEndpoint.of("/more/"))
        .trustedProxies("10.0.0.0/8", "::1")
        .proxyProtocol(true)
        .handshakeTimeout(Duration.ofSeconds(1))
        .ackTimeout(Duration.ofSeconds(2))
        .pingInterval(Duration.ofSeconds(3))
        .pingTimeout(Duration.ofSeconds(4))
        .pingTimeoutDisabled(true)
        .batchOnHandshake(true)
        .batchOnHandshakeDuration(Duration.ofMillis(7))
        .batchInterval(Duration.ofMillis(8))
        .strictHandshake(false)
        .socketStreamCleanupMode(SocketStreamCleanupMode.CLOSE)
        .requestInterceptor((socket, procedure, data) -> RequestInterceptor.Interception.NONE)
        .socketChannelLimit(5)
        .allowClientPublish(false)
        .middlewareEmitFailures(false)
        .middlewareTimeout(Duration.ofSeconds(5))
        .maxPayload(6000)
        .perMessageDeflate(PerMessageDeflate.DEFAULT.withLevel(9))
        .inboundBufferLimit(7000)
        .outboundBufferLimit(8000)
        .slowConsumerPolicy(otherPolicy())
        .handshakeConcurrency(13)
        .handshakeQueueLimit(14)
        .addressHandshakeRate(RateLimit.of(15, Duration.ofSeconds(1)))
        .socketMessageRate(RateLimit.of(16, Duration.ofSeconds(1)))
        .addressMessageRate(RateLimit.of(17, Duration.ofSeconds(1)))
        .socketSubscribeRate(RateLimit.of(18, Duration.ofSeconds(1)))
        .addressSubscribeRate(RateLimit.of(19, Duration.ofSeconds(1)))
        .serverObserver(new ServerObserver() {})
        .timeSource(otherTime())
        .closeDelay(Duration.ofSeconds(9))
        .closeTimeout(Duration.ofSeconds(11))
        .closeRate(12)
        .reusePort(true)
        .transport(Transport.NIO)
        .tls(TlsOptions.of(Path.of("chain.pem"), Path.of("key.pem")))
        .eventLoops(AGServerOptions.DEFAULT.eventLoops() + 1)
        .brokerEngine(new AGSimpleBroker())
        .jsonMapper(new JsonMapper())
        .maxHeaderSize(5000)
        .memoryLimit(64L << 20)
        .socketMemoryLimit(1 << 20)
        .maxRequestBody(0)
        .httpConcurrency(7)
        .httpQueueLimit(8)
        .keepAliveTimeout(Duration.ofSeconds(50))
        .httpHandler(request -> HttpAnswer.text(200, request.path()))
        .build();
  }

  /** What cannot be set beside {@code authKey}; AuthOptionsTest has them. */
  private static final Set<String> OTHER_KEYS =
      Set.of("authPrivateKey", "authPublicKey", "authEngine");

  private static final Set<String> DERIVED = Set.of("toBuilder", "dataMapper");

  private static SlowConsumerPolicy otherPolicy() {
    return Arrays.stream(SlowConsumerPolicy.values())
        .filter(policy -> policy != AGServerOptions.DEFAULT.slowConsumerPolicy())
        .findFirst()
        .orElseThrow();
  }

  private static List<Method> accessors() {
    return Arrays.stream(AGServerOptions.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.isSynthetic() && !DERIVED.contains(method.getName()))
        .toList();
  }

  @Test
  void everyAccessorHasASetter() {
    List<String> setters =
        Arrays.stream(AGServerOptions.Builder.class.getDeclaredMethods())
            .filter(method -> method.getParameterCount() == 1)
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !name.startsWith("from")) // they set the others
            .map(name -> name.equals("endpoint") ? "endpoints" : name) // one is added, all are told
            .distinct() // a key is given as text or as a file
            .toList();

    assertThat(accessors())
        .extracting(Method::getName)
        .containsExactlyInAnyOrderElementsOf(setters);
  }

  @Test
  void toBuilderKeepsEveryOption() throws ReflectiveOperationException {
    AGServerOptions changed = allChanged();
    AGServerOptions copy = changed.toBuilder().build();
    AGServerOptions defaults = AGServerOptions.DEFAULT;

    assertThat(accessors()).hasSizeGreaterThanOrEqualTo(20);
    for (Method accessor : accessors()) {
      if (OTHER_KEYS.contains(accessor.getName())) {
        continue;
      }
      Object value = accessor.invoke(changed);
      assertThat(Objects.equals(value, accessor.invoke(defaults)))
          .as("%s is changed by this test", accessor.getName())
          .isFalse();
      assertThat(accessor.invoke(copy)).as(accessor.getName()).isEqualTo(value);
    }
  }

  @Test
  void aBuilderThatGoesOnLeavesWhatItBuilt() {
    AGServerOptions.Builder builder = AGServerOptions.builder().path("/one/");
    AGServerOptions one = builder.build();
    AGServerOptions other = builder.path("/other/").build();
    String[] origins = {"a:1"};
    AGServerOptions third = builder.origins(origins).build();
    origins[0] = "b:2";

    assertThat(one.path()).isEqualTo("/one/");
    assertThat(other.path()).isEqualTo("/other/");
    assertThat(third.origins()).containsExactly("a:1");
    assertThat(one.toBuilder().path("/more/").build().path()).isEqualTo("/more/");
    assertThat(one.path()).isEqualTo("/one/");
  }

  private static AGServerOptions.Builder set(
      AGServerOptions.Builder builder, String name, @Nullable Object value) {
    Method setter =
        Arrays.stream(AGServerOptions.Builder.class.getDeclaredMethods())
            .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
            .findFirst()
            .orElseThrow();
    try {
      setter.invoke(builder, new Object[] {value});
      return builder;
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the time of this test equals no other
  private static TimeSource otherTime() {
    return (TimeSource)
        Proxy.newProxyInstance(
            TimeSource.class.getClassLoader(),
            new Class<?>[] {TimeSource.class},
            (self, method, arguments) ->
                method.getName().equals("equals")
                    ? self == arguments[0]
                    : method.invoke(TimeSource.system(), arguments));
  }
}
