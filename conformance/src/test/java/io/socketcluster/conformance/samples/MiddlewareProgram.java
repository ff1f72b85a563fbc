// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;

final class MiddlewareProgram {
  private MiddlewareProgram() {}

  static AGServer start(int port) {
    AGServer agServer = SocketCluster.create(AGServerOptions.DEFAULT);

    agServer.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND,
        AGMiddleware.each(
            action -> {
              if (action.type() == AGAction.Type.SUBSCRIBE && action.socket().authToken() == null) {
                action.block(new AGException("ForbiddenError", "Log in first"));
                return;
              }
              action.allow();
            }));
    agServer.listen(port);
    return agServer;
  }
}
