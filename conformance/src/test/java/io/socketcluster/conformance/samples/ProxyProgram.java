// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.UpgradeRequest;
import java.net.InetAddress;
import java.util.Set;

final class ProxyProgram {
  private ProxyProgram() {}

  static AGServer start(int port, Set<InetAddress> banned) {
    AGServerOptions options =
        AGServerOptions.builder().trustedProxies("127.0.0.1", "10.0.0.0/8").build();
    AGServer agServer = SocketCluster.create(options);

    agServer.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE,
        AGMiddleware.each(
            action -> {
              UpgradeRequest request = action.request();
              if (banned.contains(request.clientAddress()) || request.cookie("session") == null) {
                action.block(new AGException("ForbiddenError", "You cannot come in"));
                return;
              }
              action.allow();
            }));
    agServer.listen(port);
    return agServer;
  }

  static AGServer behindALoadBalancer(int port) {
    AGServerOptions options =
        AGServerOptions.builder().trustedProxies("10.0.0.0/8").proxyProtocol(true).build();
    return SocketCluster.listen(port, options);
  }
}
