// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The messages are those of jsonwebtoken 9.0.3, which has also made the tokens that are pasted. */
class JwtAuthEngineTest {
  private static final String KEY = "a-key-of-thirty-two-bytes-or-more!";
  private static final String LONG_KEY =
      "a-key-of-sixty-four-bytes-or-more-for-the-longest-of-the-hashes!!";

  /** The expiry of the pasted tokens: 2100-01-01. */
  private static final long FAR = 4_102_444_800L;

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L, 999_000_000);

  private static final String HS256 =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwiZXhwIjo0MTAyNDQ0ODAwfQ._lQuBbio7tsHZiOVj7Fbp4KNbyMeVuh5vc7BEEIcn8g";
  private static final String HS384 =
      "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwiZXhwIjo0MTAyNDQ0ODAwfQ.XeYkWz_4zKJzO83eSInQaAEmAmR378RdYKZISq8cERJ_sHq967uw"
          + "UCBlrqGdUju2";
  private static final String HS512 =
      "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwiZXhwIjo0MTAyNDQ0ODAwfQ.H1S9XTKqcY9s80RNz4qrM39Z22G8Z4icbfdMn4WTxZvlhqxGL7dk"
          + "hLHs-5cWCTMMByEW-I4M2slhzcIdpatUgQ";
  private static final String HS512_OF_THE_SHORT_KEY =
      "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwiZXhwIjo0MTAyNDQ0ODAwfQ.B1r2LMI27lI7ogkkOigPkcvuTcF9pNtcHVRVyMKaKn5_gsWhAnYh"
          + "dsbwT430hP5gH4ZjzdVeyZ9b3PjBLmhqWA";
  private static final String RS256 =
      "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwiZXhwIjo0MTAyNDQ0ODAwfQ.XZ9NISbcghOuCH10Q3und_rn6_4QLf_xGm7AMw8Q-m-_tXb0WJUi"
          + "WVRHWpJ_pr5YSXIaqSPKGH93OY-fF-Ynvyx0mqZ6TFK_MT0o0mTDBR50p-wgw0TmA_Gsq526rYMCYVf4"
          + "h3cZOK2rdGHn6iWbfBQa-M_QQL6YotEVfHxj7y_x5Z8n7dm0HwXX4yjm9QASL7LPjfDJTy4NEXYo1-Yk"
          + "ik92d5rLzlosA6Nc05hWF_4D1YrfurHsuaGXcxeSixnxbKRRs2sxlYDuFP34KAdFUkHcIXKPMyWT_j6l"
          + "OevWeBD05yZUhrTmOZimQ4Hlf31K7HUjtlhWWxTV8iVG06neBg";
  private static final String NONE =
      "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDAw"
          + "MCwiZXhwIjo0MTAyNDQ0ODAwfQ.";
  private static final String UNICODE =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6IsW8w7PFgncg8J-QoiDigKgiLCJ"
          + "pYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwibmVzdGVkIjp7ImEiOlsxLDIuNSxudWxsLHR"
          + "ydWVdfX0.vmOSFMFvIwhlDQCMCrMZIgrqFtFpdIC_qHflL_3esmM";
  private static final String WITHOUT_EXPIRY =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMH0.NO2JGJHtjfeM1yHQtizW-bqa0DKxN0PlWwfYCcVzf3k";
  private static final String EXPIRED =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwiZXhwIjoxNzAwMDAwNjAwfQ.EACMLRSTORlKZX0RR0IPILaalH_79XFfAKDSqcpvFv4";
  private static final String EXPIRED_WITH_FRACTION =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwiZXhwIjoxNzAwMDAwNjAwLjI1fQ.j4qzpS2wIlfDyN7Y5xlJt908vW0HIeL0JliqE_oW64M";
  private static final String NOT_YET =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwibmJmIjo0MTAyNDQ0ODAwfQ.M_SGIT1RogAPYZjbryyAx83YcOrixfGol4NVca0PF7U";
  private static final String OF_ANOTHER_KEY =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiIsImlhdCI6MTcwMDAwMDA"
          + "wMCwiZXhwIjo0MTAyNDQ0ODAwfQ.XjfqWgniyrFk95211CkeEEoGQrtt6-oWfdUA23DOhaA";

  private final JwtAuthEngine engine = engine(KEY, "HS256");

  private static JwtAuthEngine engine(@Nullable String key, String algorithm) {
    return engine(key, algorithm, NOW);
  }

  private static JwtAuthEngine engine(@Nullable String key, String algorithm, Instant now) {
    AuthKey given = key == null ? AuthKey.random() : AuthKey.secret(key);
    return new JwtAuthEngine(
        AuthKeys.of(given.withAlgorithm(algorithm)),
        Duration.ofDays(1),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  /** Signs whatever header and payload, as who has the key could. */
  private static String forge(String header, String payload) {
    return forge(header, payload.getBytes(UTF_8));
  }

  private static String forge(String header, byte[] payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
      String content = base64(header.getBytes(UTF_8)) + "." + base64(payload);
      return content + "." + base64(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ofPayload(String payload) {
    return forge("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String part(String token, int index) {
    return token.split("\\.", -1)[index];
  }

  private AGException refusal(String token) {
    return catchThrowableOfType(AGException.class, () -> engine.verifyToken(token));
  }

  private void assertInvalid(String token, String message) {
    assertThat(refusal(token))
        .satisfies(
            error -> {
              assertThat(error.name()).isEqualTo("AuthTokenInvalidError");
              assertThat(error).hasMessage(message);
              assertThat(error.properties()).containsEntry("isBadToken", true);
            });
  }

  // What jsonwebtoken made.

  @Test
  void aTokenOfJsonwebtokenIsAccepted() {
    JsonNode claims = engine.verifyToken(HS256);

    assertThat(claims)
        .isEqualTo(json("{\"username\":\"bob\",\"iat\":1700000000,\"exp\":" + FAR + "}"));
  }

  @Test
  void itsLettersOfAnyKindAndItsNestedClaimsAreKept() {
    JsonNode claims = engine.verifyToken(UNICODE);

    assertThat(claims.path("username").asString())
        .isEqualTo("\u017c\u00f3\u0142w \uD83D\uDC22 \u2028");
    assertThat(claims.path("nested")).hasToString("{\"a\":[1,2.5,null,true]}");
  }

  @Test
  void aTokenWithoutAnExpiryIsAccepted() {
    assertThat(engine.verifyToken(WITHOUT_EXPIRY).has("exp")).isFalse();
  }

  @Test
  void itsLongerHashesAreAcceptedWhereTheyAreTheAlgorithm() {
    assertThat(engine(LONG_KEY, "HS384").verifyToken(HS384).path("username").asString())
        .isEqualTo("bob");
    assertThat(engine(LONG_KEY, "HS512").verifyToken(HS512).path("username").asString())
        .isEqualTo("bob");
  }

  // What it refuses.

  @ParameterizedTest
  @ValueSource(strings = {"text", "a.b", "a.b.c.d", ".", "...", "....................."})
  void whatHasNotThreePartsIsMalformed(String token) {
    assertInvalid(token, "jwt malformed");
  }

  @Test
  void aTokenWithMoreOrFewerPartsThanItWasSignedWithIsMalformed() {
    assertInvalid(HS256 + ".x", "jwt malformed");
    assertInvalid(part(HS256, 0) + "." + part(HS256, 1), "jwt malformed");
  }

  @Test
  void aMissingSignatureIsRequired() {
    assertInvalid(part(HS256, 0) + "." + part(HS256, 1) + ".", "jwt signature is required");
    assertInvalid(NONE, "jwt signature is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a.b.c", " . . ", ".b.c", "a..c", "dGV4dA.e30.c"})
  void whatIsNoHeaderIsAnInvalidToken(String token) {
    assertInvalid(token, "invalid token");
  }

  static String[] nearlyTheToken() {
    String head = part(HS256, 0);
    String payload = part(HS256, 1);
    String signature = part(HS256, 2);
    return new String[] {
      " " + HS256,
      HS256 + "\n",
      HS256 + "=",
      head + "." + payload + ".!!!",
      head + "." + payload + ". ",
      head + ".." + signature,
      "." + payload + "." + signature,
      head + "." + payload + "." + signature.replace('-', '+').replace('_', '/'),
    };
  }

  @ParameterizedTest
  @MethodSource("nearlyTheToken")
  void lettersThatAreNotOfBase64UrlAreAnInvalidToken(String token) {
    assertInvalid(token, "invalid token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"typ\":\"JWT\"}",
        "{\"alg\":\"None\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":\"HS384\"}",
        "{\"alg\":\"RS256\"}",
        "{\"alg\":5}",
        "{\"alg\":null}",
        "{\"typ\":\"JWT\"}",
        "[1]",
      })
  void anotherAlgorithmIsInvalidHoweverItIsSigned(String header) {
    assertInvalid(forge(header, "{\"username\":\"bob\"}"), "invalid algorithm");
  }

  @Test
  void anotherAlgorithmOfJsonwebtokenIsInvalidEvenWithTheSameKey() {
    assertInvalid(HS512_OF_THE_SHORT_KEY, "invalid algorithm");
    assertInvalid(HS384, "invalid algorithm");
    assertInvalid(RS256, "invalid algorithm");
    assertInvalid(
        base64("{\"alg\":\"none\"}".getBytes(UTF_8)) + "." + part(HS256, 1) + "." + part(HS256, 2),
        "invalid algorithm");
  }

  @Test
  void aTokenForHs256IsInvalidForHs512() {
    assertThatThrownBy(() -> engine(LONG_KEY, "HS512").verifyToken(OF_ANOTHER_KEY))
        .hasMessage("invalid algorithm");
  }

  @Test
  void aSignatureOfAnotherKeyIsInvalid() {
    assertInvalid(OF_ANOTHER_KEY, "invalid signature");
  }

  @Test
  void aTamperedPayloadHasAnInvalidSignature() {
    String admin = base64(("{\"username\":\"admin\",\"exp\":" + FAR + "}").getBytes(UTF_8));

    assertInvalid(part(HS256, 0) + "." + admin + "." + part(HS256, 2), "invalid signature");
  }

  @Test
  void aTamperedHeaderHasAnInvalidSignature() {
    String header = base64("{\"alg\":\"HS256\"}".getBytes(UTF_8));

    assertInvalid(header + "." + part(HS256, 1) + "." + part(HS256, 2), "invalid signature");
  }

  @Test
  void aSignatureThatWasCutIsInvalid() {
    assertInvalid(HS256.substring(0, HS256.length() - 4), "invalid signature");
    assertInvalid(HS256.substring(0, HS256.length() - 42), "invalid signature");
  }

  @Test
  void aCriticalHeaderThatNobodyKnowsIsRefused() {
    String header = "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}";

    assertThat(refusal(forge(header, "{}"))).as("RFC 7515, 4.1.11").isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "hello", "\"x\"", "5", "null", "", "{\"a\":1", "{\"a\":1}}"})
  void aPayloadThatIsNoObjectIsAnInvalidToken(String payload) {
    assertInvalid(
        payload.isEmpty() ? forge("{\"alg\":\"HS256\"}", " ") : ofPayload(payload),
        "invalid token");
  }

  // Times.

  @Test
  void anExpiredTokenTellsWhenWithMilliseconds() {
    AGException error = refusal(EXPIRED);

    assertThat(error.name()).isEqualTo("AuthTokenExpiredError");
    assertThat(error).hasMessage("jwt expired");
    assertThat(error.properties())
        .containsEntry("expiry", "2023-11-14T22:23:20.000Z")
        .containsEntry("isBadToken", true);
    assertThat(refusal(EXPIRED_WITH_FRACTION).properties())
        .containsEntry("expiry", "2023-11-14T22:23:20.250Z");
  }

  @Test
  void aTokenBeforeItsTimeTellsWhenAndIsNoBadToken() {
    AGException error = refusal(NOT_YET);

    assertThat(error.name()).isEqualTo("AuthTokenNotBeforeError");
    assertThat(error).hasMessage("jwt not active");
    assertThat(error.properties())
        .containsEntry("date", "2100-01-01T00:00:00.000Z")
        .containsEntry("isBadToken", false);
  }

  @Test
  void nbfIsCheckedBeforeExp() {
    assertThat(refusal(ofPayload("{\"nbf\":4102444800,\"exp\":1}"))).hasMessage("jwt not active");
  }

  @Test
  void aTokenExpiresInTheSecondThatItNamesAndBeginsInIt() {
    String until = ofPayload("{\"exp\":1800000001}");
    String since = ofPayload("{\"nbf\":1800000000}");

    assertThat(engine.verifyToken(until).has("exp")).isTrue();
    assertThat(engine.verifyToken(since).has("nbf")).isTrue();
    assertInvalidTime(until, NOW.plusSeconds(1), "jwt expired");
    assertInvalidTime(since, NOW.minusSeconds(1), "jwt not active");
  }

  private static void assertInvalidTime(String token, Instant now, String message) {
    assertThatThrownBy(() -> engine(KEY, "HS256", now).verifyToken(token)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"exp,\"4102444800\"", "exp,null", "exp,true", "nbf,\"1\"", "nbf,{}", "nbf,null"})
  void aTimeThatIsNoNumberIsRefused(String name, String value) {
    assertInvalid(ofPayload("{\"" + name + "\":" + value + "}"), "invalid " + name + " value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300", "1e999", "4102444800.5", "9223372036854775807"})
  void anExpiryFarAwayIsAccepted(String expiry) {
    assertThat(engine.verifyToken(ofPayload("{\"exp\":" + expiry + "}")).has("exp")).isTrue();
  }

  @Test
  void aNumberThatNoDoubleHoldsIsATimeToo() {
    String huge = "9".repeat(400);

    assertThat(engine.verifyToken(ofPayload("{\"exp\":" + huge + "}")).has("exp")).isTrue();
    assertThat(refusal(ofPayload("{\"exp\":-" + huge + "}")).name())
        .isEqualTo("AuthTokenExpiredError");
    assertThat(refusal(ofPayload("{\"nbf\":" + huge + "}")).name())
        .isEqualTo("AuthTokenNotBeforeError");
    assertInvalid(ofPayload("{\"exp\":" + "9".repeat(5000) + "}"), "invalid token");
  }

  // Size.

  @Test
  void aHugeTokenIsReadAndAHugeForgeryRefused() {
    String token = ofPayload("{\"a\":\"" + "x".repeat(700_000) + "\"}");

    assertThat(engine.verifyToken(token).path("a").asString()).hasSize(700_000);
    assertInvalid(token.substring(0, token.length() - 1), "invalid signature");
    assertInvalid("a".repeat(1_000_000), "jwt malformed");
    assertInvalid(".".repeat(1_000_000), "jwt malformed");
    assertInvalid("a".repeat(300_000) + ".b." + "c".repeat(300_000), "invalid token");
  }

  @Test
  void aDeepTokenIsRefusedOrRead() {
    String payload = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

    assertInvalid(ofPayload(payload), "invalid token");
    assertInvalid(forge("[".repeat(100_000), "{}"), "invalid token");
    assertInvalid(
        forge("{\"alg\":\"HS256\",\"a\":[" + "{},".repeat(10_000) + "1]}", "{}"), "invalid token");
  }

  // Signing.

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  void whatIsSignedVerifiesAndHasTheHeaderOfJsonwebtoken(String algorithm) {
    JwtAuthEngine longEngine = engine(LONG_KEY, algorithm);
    String token = longEngine.signToken(json("{\"username\":\"bob\"}"), AuthTokenOptions.DEFAULT);

    assertThat(json(new String(Base64.getUrlDecoder().decode(part(token, 0)), UTF_8)))
        .isEqualTo(json("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}"));
    assertThat(longEngine.verifyToken(token))
        .isEqualTo(json("{\"username\":\"bob\",\"iat\":1800000000,\"exp\":1800086400}"));
  }

  @Test
  void theExpiryThatIsAskedForWinsOverTheDefault() {
    String token = engine.signToken(json("{}"), AuthTokenOptions.expiresIn(Duration.ofMinutes(1)));

    assertThat(engine.verifyToken(token).path("exp").asLong()).isEqualTo(1_800_000_060L);
  }

  @Test
  void claimsOfTheirOwnWin() {
    String token =
        engine.signToken(
            json("{\"iat\":5,\"exp\":" + FAR + ",\"nbf\":6}"),
            AuthTokenOptions.expiresIn(Duration.ofMinutes(1)));

    assertThat(engine.verifyToken(token))
        .isEqualTo(json("{\"iat\":5,\"exp\":" + FAR + ",\"nbf\":6}"));
  }

  @ParameterizedTest
  @CsvSource({"exp,\"1\"", "exp,null", "iat,\"1\"", "nbf,true"})
  void aTimeThatIsNoNumberIsNotSigned(String name, String value) {
    assertThatThrownBy(
            () ->
                engine.signToken(
                    json("{\"" + name + "\":" + value + "}"), AuthTokenOptions.DEFAULT))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessage("\"" + name + "\" should be a number of seconds");
  }

  @Test
  void anExpiryPastTheEndOfTimeIsNotSigned() {
    for (long seconds : new long[] {Long.MAX_VALUE, Instant.MAX.getEpochSecond()}) {
      assertThatThrownBy(
              () ->
                  engine.signToken(
                      json("{}"), AuthTokenOptions.expiresIn(Duration.ofSeconds(seconds))))
          .isInstanceOf(InvalidArgumentsError.class)
          .hasMessageContaining("expiresIn");
    }
  }

  // Keys.

  @Test
  void everyRandomKeyIsAnother() {
    String token = engine(null, "HS512").signToken(json("{}"), AuthTokenOptions.DEFAULT);

    assertThatThrownBy(() -> engine(null, "HS512").verifyToken(token))
        .hasMessage("invalid signature");
  }

  @ParameterizedTest
  @CsvSource({"HS256,31", "HS384,47", "HS512,63"})
  void aKeyShorterThanTheHashIsRefusedAndNotTold(String algorithm, int length) {
    String key = "k".repeat(length);

    assertThatThrownBy(() -> engine(key, algorithm))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("authKey")
        .hasMessageContaining(algorithm)
        .hasMessageNotContaining(key);
    assertThat(engine(key + "k", algorithm).signToken(json("{}"), AuthTokenOptions.DEFAULT))
        .isNotEmpty();
  }

  @Test
  void keysOfAnyLettersAreUsedAsUtf8() throws GeneralSecurityException {
    String key = "\u017c\u00f3\u0142w".repeat(8);
    String token = engine(key, "HS256").signToken(json("{}"), AuthTokenOptions.DEFAULT);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    String content = part(token, 0) + "." + part(token, 1);

    assertThat(
            Arrays.equals(
                mac.doFinal(content.getBytes(UTF_8)),
                Base64.getUrlDecoder().decode(part(token, 2))))
        .isTrue();
  }
}
