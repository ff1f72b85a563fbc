// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.SocketCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

final class AuthenticationProgram {
  private AuthenticationProgram() {}

  interface Passwords {
    boolean check(String username, String password);
  }

  static void serve(AGServerSocket socket, Passwords passwords) {
    socket
        .procedure("login")
        .consume(
            request -> {
              String username = request.data().path("username").stringValue("");
              if (!passwords.check(username, request.data().path("password").stringValue(""))) {
                request.error(new AGException("FailedLoginError", "Wrong name or password"));
                return;
              }
              socket.setAuthToken(
                  Map.of("username", username), AuthTokenOptions.expiresIn(Duration.ofHours(8)));
              request.end();
            });
  }

  static String forHttp(AGServer agServer) {
    String token = agServer.auth().signToken(Map.of("username", "ada"));
    return token;
  }

  static AGServerOptions keyPair() {
    AGServerOptions options =
        AGServerOptions.builder()
            .authPrivateKey(Path.of("private.pem"))
            .authPublicKey(Path.of("public.pem"))
            .build();
    return options;
  }

  static AGServer start(int port, String secret) {
    JwtAuthEngine engine = JwtAuthEngine.of(AuthKey.secret(secret).withId("2026"));
    AGServer agServer = SocketCluster.create(AGServerOptions.builder().authEngine(engine).build());
    agServer.onConnection(
        socket -> serve(socket, (username, password) -> password.equals("right")));
    agServer.listen(port);
    return agServer;
  }

  static AGServerOptions afterNode(String secret, String oldAuthKey) {
    AGServerOptions options =
        AGServerOptions.builder()
            .authEngine(JwtAuthEngine.of(AuthKey.secret(secret), AuthKey.legacySecret(oldAuthKey)))
            .build();
    return options;
  }

  static void rotate(JwtAuthEngine engine, String privateKey, String publicKey) {
    engine.rotate(AuthKey.pair(privateKey, publicKey).withId("2027"));
  }
}
