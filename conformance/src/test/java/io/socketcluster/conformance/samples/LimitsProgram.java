// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.RateLimit;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;

final class LimitsProgram {
  private LimitsProgram() {}

  static AGServer start(int port, ServerObserver metrics) {
    AGServerOptions options =
        AGServerOptions.builder()
            .trustedProxies("10.0.0.0/8") // or else all clients have the address of the proxy
            .addressHandshakeRate(RateLimit.of(60, Duration.ofMinutes(1)).withBurst(200))
            .socketMessageRate(RateLimit.of(100, Duration.ofSeconds(1)))
            .addressSubscribeRate(RateLimit.of(500, Duration.ofSeconds(1)).withBurst(5000))
            .slowConsumerPolicy(SlowConsumerPolicy.DROP_OLDEST)
            .serverObserver(metrics)
            .build();
    AGServer agServer = SocketCluster.listen(port, options);
    return agServer;
  }
}
