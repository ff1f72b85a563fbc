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
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

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

  /** Each worker runs it, and they share the sessions. */
  public static final class ShopWorker implements WorkerController {
    private final CompletableFuture<AGSessions> sessions = new CompletableFuture<>();

    @Override
    public void configure(AGServerOptions.Builder options) {
      options.httpHandler(request -> sessions.join().withCookie(HttpHandler.NONE).handle(request));
    }

    @Override
    public void run(SocketClusterWorker worker) {
      sessions.complete(
          AGSessions.create(worker.store(), SessionOptions.DEFAULT).attach(worker.agServer()));
    }
  }

  static void followEnds(AGSessions sessions, Consumer<String> release) {
    sessions.listener(AGSessions.SESSION_END).consume(end -> release.accept(end.id()));
  }

  static void logOut(AGServerSocket socket, AGSessions sessions) {
    socket
        .procedure("logoutEverywhere")
        .consume(
            request -> {
              request.end();
              sessions.of(socket).destroy().join();
            });
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
