// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several keys, and how they are exchanged. */
class AuthKeysTest {
  private static final AuthKey OLD = AuthKey.random().withId("old");
  private static final AuthKey NEW = TestKeys.pair("p256").withId("new");
  private static final Map<String, Object> BOB = Map.of("username", "bob");

  private static JsonNode headerOf(String token) {
    byte[] json = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    return JsonMapper.shared().readTree(json);
  }

  private static String withHeader(String token, String header) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8));
    return encoded + token.substring(token.indexOf('.'));
  }

  private static void assertAccepted(AGAuthEngine engine, String token) {
    assertThat(engine.verifyToken(token).path("username").asString()).isEqualTo("bob");
  }

  private static void assertRefused(AGAuthEngine engine, String token, String message) {
    assertThatThrownBy(() -> engine.verifyToken(token)).hasMessage(message);
  }

  @Test
  void whatWasSignedBeforeARotationIsAcceptedUntilItsKeyIsRetired() {
    JwtAuthEngine engine = JwtAuthEngine.of(OLD);
    String before = engine.signToken(BOB);

    engine.rotate(NEW);
    String after = engine.signToken(BOB);

    assertThat(headerOf(before).path("kid").asString()).isEqualTo("old");
    assertThat(headerOf(after)).hasToString("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"new\"}");
    assertAccepted(engine, before);
    assertAccepted(engine, after);
    engine.retire("old");
    assertRefused(engine, before, "invalid keyid");
    assertAccepted(engine, after);
  }

  @Test
  void allKeysAreReplacedAtOnce() {
    JwtAuthEngine engine = JwtAuthEngine.of(OLD);
    String before = engine.signToken(BOB);

    engine.replaceKeys(AuthKeys.of(NEW));

    assertRefused(engine, before, "invalid keyid");
    assertAccepted(engine, engine.signToken(BOB));
  }

  @Test
  void aTokenThatNamesNoKeyIsTriedWithAll() {
    AuthKey unnamed = AuthKey.random();
    String token = JwtAuthEngine.of(unnamed).signToken(BOB);
    JwtAuthEngine engine = JwtAuthEngine.of(NEW, OLD, unnamed);

    assertThat(headerOf(token).has("kid")).isFalse();
    assertAccepted(engine, token);
    assertRefused(engine, JwtAuthEngine.of(AuthKey.random()).signToken(BOB), "invalid signature");
  }

  @Test
  void aTokenIsVerifiedWithTheKeyThatItNamesAndNoOther() {
    JwtAuthEngine engine = JwtAuthEngine.of(OLD, AuthKey.random().withId("other"));
    String token = engine.signToken(BOB);

    assertRefused(
        engine, withHeader(token, "{\"alg\":\"HS256\",\"kid\":\"other\"}"), "invalid signature");
    assertRefused(
        engine, withHeader(token, "{\"alg\":\"HS256\",\"kid\":\"unknown\"}"), "invalid keyid");
    assertRefused(engine, withHeader(token, "{\"alg\":\"HS256\",\"kid\":5}"), "invalid keyid");
    assertRefused(engine, withHeader(token, "{\"alg\":\"HS256\",\"kid\":null}"), "invalid keyid");
  }

  @Test
  void withoutIdsItDoesNotMatterWhichKeyATokenNames() {
    JwtAuthEngine engine = JwtAuthEngine.of(AuthKey.random());
    AuthTokenOptions foreign = AuthTokenOptions.builder().keyid("of-somebody-else").build();
    String token =
        engine.signToken(JsonMapper.shared().createObjectNode().put("username", "bob"), foreign);

    assertThat(headerOf(token).path("kid").asString()).isEqualTo("of-somebody-else");
    assertAccepted(engine, token);
  }

  @Test
  void theAlgorithmIsThatOfTheKeyHoweverManyThereAre() {
    AuthKey rsa = TestKeys.pair("rsa").withId("rsa");
    JwtAuthEngine engine = JwtAuthEngine.of(rsa, OLD);
    String confused =
        JwtAuthEngine.of(OLD).signToken(BOB).replaceFirst("^[^.]*", headerOfRsaWithHs256());

    assertRefused(engine, confused, "invalid algorithm");
  }

  private static String headerOfRsaWithHs256() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString("{\"alg\":\"HS256\",\"kid\":\"rsa\"}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPublicKeyVerifiesWhatItsOwnerSigned() {
    JwtAuthEngine owner = JwtAuthEngine.of(TestKeys.pair("ed25519"));
    AuthKey publicKey = AuthKey.publicKey(TestKeys.pem("ed25519-public"));
    JwtAuthEngine engine = JwtAuthEngine.of(AuthKey.random(), publicKey);

    assertAccepted(engine, owner.signToken(BOB));
    assertThat(publicKey.canSign()).isFalse();
    assertThatThrownBy(() -> AuthKeys.of(publicKey)).isInstanceOf(InvalidOptionsError.class);
    assertThatThrownBy(() -> engine.rotate(publicKey)).isInstanceOf(InvalidOptionsError.class);
    assertAccepted(engine, engine.signToken(BOB));
  }

  @Test
  void aKeyAcceptsOtherAlgorithmsOnlyWhenItIsToldTo() {
    AuthKey rsa = TestKeys.pair("rsa");
    String token = JwtAuthEngine.of(rsa.withAlgorithm("PS384")).signToken(BOB);

    assertRefused(JwtAuthEngine.of(rsa), token, "invalid algorithm");
    assertAccepted(JwtAuthEngine.of(rsa.accepting("RS256", "PS384")), token);
  }

  @Test
  void theSetRefusesWhatWouldMakeItUseless() {
    AuthKeys keys = AuthKeys.of(OLD, NEW);

    assertThatThrownBy(() -> AuthKeys.of(OLD, AuthKey.random().withId("old")))
        .hasMessageContaining("Two keys have the id old");
    assertThatThrownBy(() -> keys.rotatedTo(NEW)).isInstanceOf(InvalidOptionsError.class);
    assertThatThrownBy(() -> keys.without("old")).hasMessageContaining("signs");
    assertThatThrownBy(() -> keys.without("unknown")).hasMessageContaining("no key");
    assertThatThrownBy(() -> AuthKey.random().withId("")).hasMessageContaining("id is empty");
    assertThat(keys.without("new").all()).containsExactly(OLD);
  }

  @Test
  void aTokenIsNotSignedWithAnIdThatItsKeyDoesNotHave() {
    JwtAuthEngine engine = JwtAuthEngine.of(OLD);
    AuthTokenOptions options = AuthTokenOptions.builder().keyid("other").build();

    assertThatThrownBy(() -> engine.signToken(JsonMapper.shared().createObjectNode(), options))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageContaining("keyid is other; allowed: old");
  }
}
