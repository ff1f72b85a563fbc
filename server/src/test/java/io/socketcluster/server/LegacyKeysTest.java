// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.AuthTokenInvalidError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that a server of the Node version has signed with a key that is too short for ours. */
class LegacyKeysTest {
  private static final String SHORT = "secret";
  private static final AuthKey SIGNING = AuthKey.secret(TestServer.KEY);

  /**
   * What jsonwebtoken 9.0.3 makes of {@code sign({username: 'bob'}, 'secret', {noTimestamp:
   * true})}.
   */
  private static final String OF_NODE =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiJ9."
          + "MIrpD02FnrYua3sZnF8Q52VJVLRECvqrA49X7cfifPM";

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String content(String header) {
    return base64(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + base64("{\"username\":\"bob\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static String hmacToken(String algorithm, String secret) throws GeneralSecurityException {
    String content = content("{\"alg\":\"" + algorithm + "\"}");
    String name = "HmacSHA" + algorithm.substring(2);
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
    return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void expectBob(AGAuthEngine engine, String token) {
    assertThat(engine.verifyToken(token).path("username").asString("")).isEqualTo("bob");
  }

  @Test
  void aTokenOfNodeWithAShortKeyIsVerified() {
    JwtAuthEngine engine = JwtAuthEngine.of(SIGNING, AuthKey.legacySecret(SHORT));

    expectBob(engine, OF_NODE);
    expectBob(engine, engine.signToken(java.util.Map.of("username", "bob")));
  }

  /**
   * The tokens that jsonwebtoken 9.0.3 makes of these claims with {@code Buffer.from(hex, 'hex')}.
   */
  @ParameterizedTest
  @CsvSource({
    "00ff10,yHnBj0z_0Eo29tGq2xpuQEieaKwV_rSV6XKc0bMyO0M",
    "ff,35hUfRF5ZPKISBokMxe0PWZsNmFmUqYomEm208qia1w",
    "c3281122,h4Y6Z6fNH8hIyJ1LhU_pR6Mlg6FUIXulSQFNE5LddGE",
    "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881,Qjd3eVajdkC0VgO2Z1Sv53DWr3SCoG3lTuQlrectY1Q"
  })
  void aSecretOfNodeMayBeBytesThatAreNoText(String hex, String signature) {
    byte[] secret = HexFormat.of().parseHex(hex);
    AuthKey key = secret.length < 32 ? AuthKey.legacySecret(secret) : AuthKey.secret(secret);
    String content = OF_NODE.substring(0, OF_NODE.lastIndexOf('.') + 1);

    expectBob(JwtAuthEngine.of(SIGNING, key), content + signature);
  }

  @Test
  void theRefusalOfAShortKeyNamesTheWayToVerifyWithIt() {
    assertThatThrownBy(() -> AGServerOptions.builder().authKey(SHORT).build())
        .hasMessageContaining("AuthKey.legacySecret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  void everyAlgorithmThatIsNamedIsVerified(String algorithm) throws Exception {
    AuthKey key = AuthKey.legacySecret(SHORT).accepting("HS256", "HS384", "HS512");

    expectBob(JwtAuthEngine.of(SIGNING, key), hmacToken(algorithm, SHORT));
  }

  @Test
  void anAlgorithmThatIsNotNamedIsRefused() throws Exception {
    JwtAuthEngine engine = JwtAuthEngine.of(SIGNING, AuthKey.legacySecret(SHORT));
    String token = hmacToken("HS512", SHORT);

    assertThatThrownBy(() -> engine.verifyToken(token)).isInstanceOf(AuthTokenInvalidError.class);
  }

  @Test
  void aTokenOfAnotherSecretIsRefused() throws Exception {
    JwtAuthEngine engine = JwtAuthEngine.of(SIGNING, AuthKey.legacySecret(SHORT));
    String token = hmacToken("HS256", "another");

    assertThatThrownBy(() -> engine.verifyToken(token))
        .isInstanceOf(AuthTokenInvalidError.class)
        .hasMessage("invalid signature");
  }

  @Test
  void aLegacyKeyNeverSigns() {
    assertThat(AuthKey.legacySecret(TestServer.KEY).canSign()).isFalse();
    assertThatThrownBy(() -> AuthKeys.of(AuthKey.legacySecret(SHORT)))
        .isInstanceOf(InvalidOptionsError.class);
    assertThatThrownBy(() -> JwtAuthEngine.of(SIGNING).rotate(AuthKey.legacySecret(SHORT)))
        .isInstanceOf(InvalidOptionsError.class);
  }

  @Test
  void aShortKeyIsRefusedWhereItWouldSign() {
    assertThatThrownBy(() -> AuthKey.secret(SHORT)).isInstanceOf(InvalidOptionsError.class);
    assertThatThrownBy(() -> AuthKey.legacySecret("")).isInstanceOf(InvalidOptionsError.class);
  }

  @Test
  void aLegacyKeyHasAnIdAndIsRetired() throws Exception {
    JwtAuthEngine engine =
        JwtAuthEngine.of(SIGNING.withId("new"), AuthKey.legacySecret(SHORT).withId("node"));
    expectBob(engine, OF_NODE);
    engine.retire("node");

    assertThatThrownBy(() -> engine.verifyToken(OF_NODE)).isInstanceOf(AuthTokenInvalidError.class);
  }

  @Test
  void aShortRsaKeyVerifies() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    String content = content("{\"alg\":\"RS256\"}");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> AuthKey.publicKey(pem)).isInstanceOf(InvalidOptionsError.class);
    expectBob(
        JwtAuthEngine.of(SIGNING, AuthKey.legacyPublicKey(pem)),
        content + "." + base64(signature.sign()));
  }
}
