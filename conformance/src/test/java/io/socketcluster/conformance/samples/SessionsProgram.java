// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.sessions.AGSession;
import io.socketcluster.sessions.AGSessions;
import io.socketcluster.sessions.SessionOptions;
import io.socketcluster.store.Store;
import java.util.Map;
import java.util.function.BiPredicate;

final class SessionsProgram {
  private SessionsProgram() {}

  record Login(String username, String password) {}

  static AGServer create(Store store, HttpHandler pages) {
    AGSessions sessions = AGSessions.create(store, SessionOptions.DEFAULT);
    AGServer server =
        SocketCluster.create(
            AGServerOptions.builder().httpHandler(sessions.withCookie(pages)).build());
    sessions.attach(server);
    server.onConnection(
        socket -> {
          socket
              .procedure("addToCart", String.class)
              .consume(
                  request -> {
                    AGSession session = sessions.of(socket);
                    session.add("cart", request.data()).join();
                    session.emit("cart", session.get("cart").join());
                    request.end();
                  });
        });
    return server;
  }

  static void logIn(
      AGServerSocket socket, AGSessions sessions, BiPredicate<String, String> isPasswordOf) {
    socket
        .procedure("login", Login.class)
        .consume(
            request -> {
              Login login = request.data();
              if (login == null || !isPasswordOf.test(login.username(), login.password())) {
                request.error(new AGException("LoginError", "Wrong username or password"));
                return;
              }
              AGSession session = sessions.create();
              session.set("isUserAuthorized", true).join();
              socket.setAuthToken(Map.of("username", login.username(), "sessionId", session.id()));
              request.end();
            });
  }

  static void letInWhoHasAcceptedTheTerms(AGServer server, AGSessions sessions) {
    server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE,
        AGMiddleware.each(
            action -> {
              AGSession session = sessions.of(action.request());
              if (session != null && session.hasKey("acceptedTerms").join()) {
                action.allow();
              } else {
                action.block(new AGException("TermsError", "Accept the terms first"));
              }
            }));
  }
}
