// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.JwtAuthEngine;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key pairs and their exchange, with the stock client. */
class AuthKeysIT {
  private static String pem(String label, Key key) {
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA,2048,RS256",
    "RSA,2048,PS256",
    "EC,256,ES256",
    "EC,521,ES512",
    "Ed25519,255,EdDSA"
  })
  void theClientLogsInWhateverTheKey(String kind, int size, String algorithm) throws Exception {
    KeyPair pair = pairOf(kind, size);
    AGServerOptions options =
        AGServerOptions.builder()
            .authPrivateKey(pem("PRIVATE KEY", pair.getPrivate()))
            .authPublicKey(pem("PUBLIC KEY", pair.getPublic()))
            .authAlgorithm(algorithm)
            .build();
    runOn(TestServers.demo(0, options.toBuilder()), Scenario.named("keys").with("alg", algorithm));
  }

  private static KeyPair pairOf(String kind, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  @Test
  void tokensOutliveARotationUntilTheirKeyIsRetired() throws Exception {
    JwtAuthEngine engine = JwtAuthEngine.of(AuthKey.random().withId("first"));
    AGServer server = TestServers.demo(0, AGServerOptions.builder().authEngine(engine));
    server.onConnection(socket -> TestServers.serveKeys(socket, engine));
    runOn(server, Scenario.named("key-rotation"));
  }

  private static void runOn(AGServer server, Scenario scenario) throws Exception {
    try {
      scenario.run(server.port());
    } finally {
      server.close().get(60, TimeUnit.SECONDS);
    }
  }
}
