// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.FileAuthEngine;
import io.socketcluster.client.ProxyOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.core.ProtocolVersion;
import java.nio.file.Path;
import java.time.Duration;

final class ClientSetupProgram {
  private ClientSetupProgram() {}

  static AGClientSocket remembering(int port, Path directory) {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder().port(port).authEngine(new FileAuthEngine(directory)).build());
    return socket;
  }

  static AuthStatus logIn(AGClientSocket socket, String signedAuthToken) {
    AuthStatus status = socket.authenticate(signedAuthToken).join();
    return status;
  }

  static AGClientOptions soonBack() {
    AGClientOptions options =
        AGClientOptions.builder()
            .autoReconnectOptions(
                AutoReconnectOptions.DEFAULT
                    .withInitialDelay(Duration.ofMillis(500))
                    .withRandomness(Duration.ofSeconds(2))
                    .withMaxDelay(Duration.ofSeconds(30)))
            .build();
    return options;
  }

  static AGClientOptions encrypted(Path certificates) {
    AGClientOptions options =
        AGClientOptions.builder()
            .uri("wss://chat.example.com/socketcluster/")
            .trustedCertificates(certificates) // without this: what the JVM trusts
            .build();
    return options;
  }

  static AGClientOptions throughAProxy(String password) {
    AGClientOptions options =
        AGClientOptions.builder()
            .uri("wss://chat.example.com/")
            .proxy(ProxyOptions.http("proxy.example.com", 3128).withCredentials("ada", password))
            .build();
    return options;
  }

  static AGClientOptions messagePack(int port) {
    AGClientOptions options =
        AGClientOptions.builder()
            .port(port)
            .path("/min-bin/")
            .codecEngine(new MinBinCodec())
            .build();
    return options;
  }

  static AGClientOptions versionOne(int port) {
    AGClientOptions options =
        AGClientOptions.builder()
            .port(port)
            .path("/socketcluster-v1/")
            .protocolVersion(ProtocolVersion.V1)
            .build();
    return options;
  }
}
