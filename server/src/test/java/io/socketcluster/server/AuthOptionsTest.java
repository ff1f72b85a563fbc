// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.options.PemText;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options about keys. */
class AuthOptionsTest {
  private static final String SECRET = "k".repeat(64);

  private static AGServerOptions.Builder pair(String privateKey, String publicKey) {
    return AGServerOptions.builder()
        .authPrivateKey(TestKeys.pem(privateKey))
        .authPublicKey(TestKeys.pem(publicKey));
  }

  private static void assertSigns(AGServerOptions options, String algorithm) {
    assertThat(options.authAlgorithm()).isEqualTo(algorithm);
    JwtAuthEngine engine = JwtAuthEngine.of(options);
    String token = engine.signToken(Map.of("username", "bob"));
    assertThat(engine.verifyToken(token).path("username").asString()).isEqualTo("bob");
  }

  private static void assertRefused(AGServerOptions.Builder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("MII")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-pkcs8,rsa-public,RS256",
    "rsa-pkcs1,rsa-public,RS256",
    "rsa-pkcs1,rsa-public-pkcs1,RS256",
    "rsa-pkcs8,rsa-certificate,RS256",
    "p256-pkcs8,p256-public,ES256",
    "p256-sec1,p256-public,ES256",
    "p384-pkcs8,p384-public,ES384",
    "p384-sec1,p384-public,ES384",
    "p521-pkcs8,p521-public,ES512",
    "p521-sec1,p521-public,ES512",
    "ed25519-pkcs8,ed25519-public,EdDSA",
  })
  void keysOfEveryFormSign(String privateKey, String publicKey, String algorithm) {
    assertSigns(pair(privateKey, publicKey).build(), algorithm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void anRsaKeySignsWithEachOfItsAlgorithms(String algorithm) {
    assertSigns(pair("rsa-pkcs8", "rsa-public").authAlgorithm(algorithm).build(), algorithm);
  }

  @Test
  void keysAreReadFromFiles() {
    AGServerOptions options =
        AGServerOptions.builder()
            .authPrivateKey(TestKeys.file("p256-sec1"))
            .authPublicKey(TestKeys.file("p256-public"))
            .build();

    assertSigns(options, "ES256");
    assertThat(options.authPrivateKey()).isEqualTo(TestKeys.pem("p256-sec1"));
    assertThat(options.toBuilder().build().authPublicKey()).isEqualTo(TestKeys.pem("p256-public"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertRefused(
        AGServerOptions.builder()
            .authPrivateKey(Path.of("missing.pem"))
            .authPublicKey(TestKeys.file("p256-public")),
        "authPrivateKey is missing.pem; allowed: a file in PEM form");
  }

  @Test
  void oneKeyOfAPairIsNotEnough() {
    assertRefused(
        AGServerOptions.builder().authPublicKey(TestKeys.pem("rsa-public")),
        "The authPrivateKey option must be specified if authPublicKey is specified");
    assertRefused(
        AGServerOptions.builder().authPrivateKey(TestKeys.pem("rsa-pkcs8")),
        "The authPublicKey option must be specified if authPrivateKey is specified");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-pkcs8,p256-public",
    "p256-pkcs8,rsa-public",
    "p256-pkcs8,p384-public",
    "ed25519-pkcs8,p256-public",
    "ed25519-pkcs8,rsa-public",
    "rsa-pkcs8,ed25519-public",
  })
  void keysOfDifferentKindsDoNotBelongTogether(String privateKey, String publicKey) {
    assertRefused(
        pair(privateKey, publicKey), "authPublicKey is not the public key of authPrivateKey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "p256", "ed25519"})
  void keysOfTwoPairsDoNotBelongTogether(String kind) throws Exception {
    AGServerOptions.Builder options =
        AGServerOptions.builder()
            .authPrivateKey(TestKeys.pem(kind + "-pkcs8"))
            .authPublicKey(FreshKeys.publicKeyLike(kind));

    assertRefused(options, "authPublicKey is not the public key of authPrivateKey");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-encrypted,rsa-public,authPrivateKey is encrypted",
    "rsa-encrypted-pkcs1,rsa-public,authPrivateKey is encrypted",
    "rsa-public,rsa-public,authPrivateKey has no PEM block",
    "rsa-pkcs8,rsa-pkcs8,authPublicKey has no PEM block",
    "rsa-1024,rsa-1024-public,authPublicKey has 1024 bits; allowed: RSA keys of 2048",
    "k256-sec1,k256-public,authPublicKey has the curve secp256k1",
    "ed448-pkcs8,ed448-public,cannot be read",
    "rsa-pss-pkcs8,rsa-pss-public,cannot be read",
  })
  void aKeyThatCannotBeUsedIsRefused(String privateKey, String publicKey, String message) {
    assertRefused(pair(privateKey, publicKey), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAA", "MII!", "", "MAAwADAA", "MIH/////", "MBACAQAEAQCgA4IBAA=="})
  void whatIsNoKeyInsideIsRefused(String content) {
    for (String label : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
      String pem = "-----BEGIN %s-----\n%s\n-----END %s-----".formatted(label, content, label);
      assertRefused(
          AGServerOptions.builder().authPrivateKey(pem).authPublicKey(TestKeys.pem("rsa-public")),
          "authPrivateKey cannot be read");
    }
    for (String label : new String[] {"PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE"}) {
      String pem = "-----BEGIN %s-----\n%s\n-----END %s-----".formatted(label, content, label);
      assertRefused(
          AGServerOptions.builder().authPrivateKey(TestKeys.pem("rsa-pkcs8")).authPublicKey(pem),
          "authPublicKey ");
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa,HS256", "rsa,ES256", "p256,ES384", "p256,RS256", "ed25519,ES256"})
  void anAlgorithmThatDoesNotFitTheKeyIsRefused(String kind, String algorithm) {
    AGServerOptions.Builder options = pair(kind + "-pkcs8", kind + "-public");

    assertRefused(
        options.authAlgorithm(algorithm), "authAlgorithm is " + algorithm + "; allowed: one of [");
  }

  @Test
  void theAlgorithmsThatVerifyFitTheKeyAndContainTheOneThatSigns() {
    AGServerOptions.Builder rsa = pair("rsa-pkcs8", "rsa-public");

    assertThat(rsa.build().authVerifyAlgorithms()).containsExactly("RS256");
    assertThat(rsa.authVerifyAlgorithms("PS256", "RS256").build().authVerifyAlgorithms())
        .containsExactly("PS256", "RS256");
    assertRefused(rsa.authVerifyAlgorithms("RS256", "HS256"), "authVerifyAlgorithms is HS256");
    assertRefused(rsa.authVerifyAlgorithms("none"), "authVerifyAlgorithms is none");
    assertRefused(rsa.authVerifyAlgorithms("PS256"), "allowed: a list with RS256");
    assertRefused(rsa.authVerifyAlgorithms(), "allowed: a list with RS256");
    assertRefused(
        AGServerOptions.builder().authKey("k".repeat(32)).authVerifyAlgorithms("HS256", "HS512"),
        "authKey has 32 bytes; allowed: 64 bytes or more, as RFC 7518 asks for HS512");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-public", "rsa-pkcs8", "rsa-certificate", "p256-public"})
  void aPemKeyIsNoSecret(String pem) {
    assertRefused(
        AGServerOptions.builder().authKey(TestKeys.pem(pem)), "authKey is a key in PEM form");
  }

  @Test
  void whatContradictsItselfIsRefused() {
    UnaryOperator<AGServerOptions.Builder> engine =
        builder -> builder.authEngine(JwtAuthEngine.of(AuthKey.random()));

    assertRefused(pair("rsa-pkcs8", "rsa-public").authKey(SECRET), "authKey is set beside");
    assertRefused(engine.apply(pair("rsa-pkcs8", "rsa-public")), "authEngine is set beside");
    assertRefused(engine.apply(AGServerOptions.builder().authKey(SECRET)), "authEngine");
    assertRefused(engine.apply(AGServerOptions.builder().authAlgorithm("HS256")), "authEngine");
    assertRefused(
        engine.apply(AGServerOptions.builder().authVerifyAlgorithms("HS256")), "authEngine");
  }

  @Test
  void anEngineIsKept() {
    AGAuthEngine engine = JwtAuthEngine.of(AuthKey.random());
    AGServerOptions options = AGServerOptions.builder().authEngine(engine).build();

    assertThat(options.toBuilder().build().authEngine()).isSameAs(engine);
    assertThat(options.authAlgorithm()).isNull();
    assertThat(options.authVerifyAlgorithms()).isEmpty();
    assertThat(SocketCluster.create(options).auth()).isSameAs(engine);
  }

  @Test
  void noKeyShowsInAString() {
    AuthKey secret = AuthKey.secret(SECRET).withId("one");
    AuthKeys keys = AuthKeys.of(secret, TestKeys.pair("p256"));

    assertThat(keys).hasToString("[AuthKey[id=one, HS256], AuthKey[id=none, ES256]]");
    assertThat(PemText.of(TestKeys.pem("p256-pkcs8")).toString()).doesNotContain("MI");
  }
}
