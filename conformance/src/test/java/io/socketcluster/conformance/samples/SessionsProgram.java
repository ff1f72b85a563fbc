// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.sessions.AGSession;
import io.socketcluster.sessions.AGSessions;
import io.socketcluster.sessions.SessionOptions;
import io.socketcluster.store.Store;

final class SessionsProgram {
  private SessionsProgram() {}

  static AGServer create(Store store, HttpHandler pages) {
    AGSessions sessions = AGSessions.create(store, SessionOptions.DEFAULT);
    AGServer server =
        SocketCluster.create(
            AGServerOptions.builder().httpHandler(sessions.withCookie(pages)).build());
    sessions.attach(server);
    server.onConnection(
        socket -> {
          AGSession session = sessions.of(socket);
          socket
              .procedure("addToCart", String.class)
              .consume(
                  request -> {
                    session.add("cart", request.data()).join();
                    session.emit("cart", session.get("cart").join());
                    request.end();
                  });
        });
    return server;
  }

  static void letInWhoIsLoggedIn(AGServer server, AGSessions sessions) {
    server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE,
        AGMiddleware.each(
            action -> {
              AGSession session = sessions.of(action.request());
              if (session != null && session.hasKey("isUserAuthorized").join()) {
                action.allow();
              } else {
                action.block(new AGException("NoSessionError", "Log in first"));
              }
            }));
  }
}
