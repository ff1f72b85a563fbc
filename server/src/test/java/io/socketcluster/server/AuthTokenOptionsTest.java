// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the options of a token make of its claims and its header. */
class AuthTokenOptionsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

  private final JwtAuthEngine engine =
      new JwtAuthEngine(
          AuthKeys.of(AuthKey.random()), Duration.ofDays(1), Clock.fixed(NOW, ZoneOffset.UTC));

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  private ObjectNode claims(String given, UnaryOperator<AuthTokenOptions.Builder> options) {
    ObjectNode claims = json(given);
    engine.signToken(claims, options.apply(AuthTokenOptions.builder()).build());
    return json(claims.toString());
  }

  @Test
  void everyOptionIsAClaim() {
    assertThat(
            claims(
                "{\"username\":\"bob\"}",
                options ->
                    options
                        .expiresIn(Duration.ofMinutes(1))
                        .notBefore(Duration.ofSeconds(-5))
                        .issuer("me")
                        .audience("you")
                        .subject("it")
                        .jwtid("7")))
        .isEqualTo(
            json(
                "{\"username\":\"bob\",\"iat\":1800000000,\"exp\":1800000060,\"nbf\":1799999995,"
                    + "\"iss\":\"me\",\"aud\":\"you\",\"sub\":\"it\",\"jti\":\"7\"}"));
    assertThat(claims("{}", options -> options.audience("a", "b")).path("aud"))
        .hasToString("[\"a\",\"b\"]");
    assertThat(claims("{}", options -> options.noTimestamp(true)).has("iat")).isFalse();
  }

  @Test
  void timesAreCountedFromTheMomentOfIssue() {
    assertThat(
            claims(
                "{\"iat\":1000.5}",
                options ->
                    options.expiresIn(Duration.ofSeconds(10)).notBefore(Duration.ofSeconds(1))))
        .isEqualTo(json("{\"iat\":1000.5,\"exp\":1010,\"nbf\":1001}"));
    assertThat(claims("{\"iat\":0}", options -> options))
        .isEqualTo(json("{\"iat\":1800000000,\"exp\":1800086400}"));
  }

  @Test
  void theExpiryOfTheClaimsWins() {
    assertThat(claims("{\"exp\":5}", options -> options.expiresIn(Duration.ofDays(1))).path("exp"))
        .hasToString("5");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer,iss,\"x\"",
    "audience,aud,\"x\"",
    "subject,sub,\"x\"",
    "jwtid,jti,\"x\"",
    "notBefore,nbf,1",
    "issuer,iss,null",
  })
  void whatBothSayIsRefused(String option, String claim, String value) {
    assertThatThrownBy(
            () ->
                claims(
                    "{\"" + claim + "\":" + value + "}",
                    options ->
                        switch (option) {
                          case "issuer" -> options.issuer("me");
                          case "audience" -> options.audience("me");
                          case "subject" -> options.subject("me");
                          case "jwtid" -> options.jwtid("me");
                          default -> options.notBefore(Duration.ofSeconds(1));
                        }))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessage(
            "Bad \"options.%s\" option. The payload already has an \"%s\" property."
                .formatted(option, claim));
  }

  @Test
  void theHeaderHasWhatIsAdded() {
    String token =
        engine.signToken(
            json("{}"),
            AuthTokenOptions.builder().header("x5t", "abc").header("list", new int[] {1}).build());
    String header =
        new String(
            Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
            StandardCharsets.UTF_8);

    assertThat(json(header))
        .isEqualTo(json("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"x5t\":\"abc\",\"list\":[1]}"));
    assertThat(engine.verifyToken(token).has("exp")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"typ", "kid", "crit", "b64"})
  void whatTheServerNeedsInTheHeaderIsItsOwn(String name) {
    assertThatThrownBy(() -> AuthTokenOptions.builder().header(name, "x").build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("header is " + name);
  }

  @Test
  void theAlgorithmCannotBeChanged() {
    assertThatThrownBy(() -> AuthTokenOptions.builder().header("alg", "none").build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageStartingWith("header is alg; allowed: ");
  }

  @Test
  void anExpiryIsOneSecondOrMore() {
    for (Duration tooShort :
        new Duration[] {Duration.ZERO, Duration.ofMillis(999), Duration.ofSeconds(-1)}) {
      assertThatThrownBy(() -> AuthTokenOptions.expiresIn(tooShort))
          .isInstanceOf(InvalidOptionsError.class)
          .hasMessageContaining("allowed: one second or more");
    }
  }

  @Test
  void aCopyIsChangedAlone() {
    AuthTokenOptions one = AuthTokenOptions.builder().issuer("me").header("a", 1).build();
    AuthTokenOptions other = one.toBuilder().subject("it").header("b", 2).build();

    assertThat(one.subject()).isNull();
    assertThat(one.header()).containsOnlyKeys("a");
    assertThat(other.issuer()).isEqualTo("me");
    assertThat(other.header()).containsOnlyKeys("a", "b");
    assertThat(AuthTokenOptions.DEFAULT.header()).isEqualTo(Map.of());
  }
}
