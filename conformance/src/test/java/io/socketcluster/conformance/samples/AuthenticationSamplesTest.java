// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.SocketCluster;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The samples of the guide to authentication do what it says of them. */
class AuthenticationSamplesTest {
  private static final String SECRET = "a secret of thirty-two bytes or more";

  @Test
  void theServerSignsForHttpAndItsKeysAreExchanged() throws Exception {
    AGServer server = AuthenticationProgram.start(0, SECRET);
    try {
      String token = AuthenticationProgram.forHttp(server);
      JwtAuthEngine engine = (JwtAuthEngine) server.auth();
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      AuthenticationProgram.rotate(
          engine,
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          pem("PUBLIC KEY", pair.getPublic().getEncoded()));

      assertThat(engine.verifyToken(token).path("username").asString()).isEqualTo("ada");
      assertThat(engine.keys().signing()).hasToString("AuthKey[id=2027, EdDSA]");
    } finally {
      server.close().join();
    }
  }

  private static String pem(String label, byte[] key) {
    String base64 = Base64.getMimeEncoder().encodeToString(key);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }

  @Test
  void aTokenOfAShortKeyOfNodeIsAccepted() {
    AGServer server = SocketCluster.create(AuthenticationProgram.afterNode(SECRET, "secret"));
    String token = // of jsonwebtoken: sign({username: 'bob'}, 'secret', {noTimestamp: true})
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImJvYiJ9."
            + "MIrpD02FnrYua3sZnF8Q52VJVLRECvqrA49X7cfifPM";

    assertThat(server.auth().verifyToken(token).path("username").asString("")).isEqualTo("bob");
    server.close().join();
  }

  @Test
  void aSessionCookieIsALogin() throws Exception {
    AGServer server =
        SocketCluster.create(
            AGServerOptions.builder()
                .authEngine(
                    new SessionEngine(
                        JwtAuthEngine.of(AuthKey.secret(SECRET)), Map.of("s-1", "ada")))
                .build());
    server.onConnection(
        socket -> {
          socket.procedure("who").consume(request -> request.end(socket.authToken()));
        });
    server.listen(0);
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder().port(server.port()).header("Cookie", "session=s-1").build());

    assertThat(socket.call("who", null).path("username").asString("")).isEqualTo("ada");
    socket.disconnect();
    server.close().join();
  }

  @Test
  void keysAreReadFromTheNamedFiles() {
    assertThatThrownBy(AuthenticationProgram::keyPair)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("private.pem");
  }

  @Test
  void theEngineRefusesWhatIsRevoked() {
    RevocationEngine engine =
        new RevocationEngine(JwtAuthEngine.of(AuthKey.secret(SECRET)), Set.of("7"));
    String token =
        engine.signToken(
            JsonMapper.shared().createObjectNode(), AuthTokenOptions.builder().jwtid("7").build());

    assertThatThrownBy(() -> engine.verifyToken(token)).hasMessage("revoked");
    assertThat(engine.verifyToken(engine.signToken(Map.of("a", 1))).path("a").asInt()).isEqualTo(1);
  }
}
