// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.core.AGRequest;
import io.socketcluster.demo.DemoServer;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.stream.ConsumableStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The servers that the scenarios need: the demo and what only a test asks for. */
public final class TestServers {
  /** Long enough for a call to come first, and well within the time of grace of a second. */
  private static final Duration LOOKUP = Duration.ofMillis(200);

  private TestServers() {}

  /** Starts the demo with the procedures that some scenarios need besides. */
  static AGServer demo(int port, AGServerOptions.Builder options) {
    AGServer server = DemoServer.start(port, options);
    server.onConnection(socket -> serve(socket));
    return server;
  }

  /** Starts a server that takes its connections in a loop, all on one virtual thread. */
  static AGServer connectionLoop(int port) {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    ConsumableStream<ServerEvent.Connection> connections = server.listener(AGServer.CONNECTION);
    Thread.startVirtualThread(
        () -> {
          for (ServerEvent.Connection event : connections) {
            serveEcho(event.socket());
          }
        });
    server.listen(port);
    return server;
  }

  /** Starts a server whose application looks something up before it serves a socket. */
  static AGServer lateHandlers(int port) {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    Executor afterLookup =
        CompletableFuture.delayedExecutor(LOOKUP.toMillis(), TimeUnit.MILLISECONDS);
    server.onConnection(socket -> afterLookup.execute(() -> serveEcho(socket)));
    server.listen(port);
    return server;
  }

  private static void serveEcho(AGServerSocket socket) {
    socket.procedure("echo").consume(request -> request.end(request.data()));
  }

  /** Offers what only the scenarios and the cases of the client ask for. */
  public static void serve(AGServerSocket socket) {
    Thread.startVirtualThread(() -> echoLoop(socket.procedure("echoLoop")));
    socket
        .procedure("kickMe")
        .consume(
            request -> {
              socket.kickOut(request.data().path("channel").stringValue(), "You asked for it");
              request.end();
            });
    socket.procedure("echoLater").consume(TestServers::echoLater);
    socket
        .receiver("disconnectMe")
        .consume(
            data ->
                socket.disconnect(data.path("code").intValue(), data.path("reason").stringValue()));
    socket.procedure("callMe").consume(request -> callBack(socket, request));
    socket.procedure("loginBriefly").consume(request -> logInBriefly(socket, request));
  }

  /** Offers what exchanges the keys of an engine. */
  static void serveKeys(AGServerSocket socket, JwtAuthEngine engine) {
    socket
        .procedure("rotateKeys")
        .consume(
            request -> {
              engine.rotate(AuthKey.random().withId("key-" + engine.keys().all().size()));
              request.end();
            });
    socket
        .procedure("retireKey")
        .consume(
            request -> {
              engine.retire(request.data().path("id").stringValue());
              request.end();
            });
  }

  private static void echoLoop(ConsumableStream<AGRequest<JsonNode>> requests) {
    for (AGRequest<JsonNode> request : requests) {
      request.end(request.data());
    }
  }

  private static void echoLater(AGRequest<JsonNode> request) {
    JsonNode data = request.data();
    CompletableFuture.delayedExecutor(data.path("ms").intValue(), TimeUnit.MILLISECONDS)
        .execute(() -> request.end(data.get("value")));
  }

  private static void callBack(AGServerSocket socket, AGRequest<JsonNode> request) {
    String event = request.data().path("event").stringValue();
    socket
        .invoke(event, request.data().get("data"))
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                request.end(result);
              } else {
                request.error(causeOf(failure));
              }
            });
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static void logInBriefly(AGServerSocket socket, AGRequest<JsonNode> request) {
    long expiry = Instant.now().getEpochSecond() + request.data().path("seconds").intValue();
    socket.setAuthToken(Map.of("username", "brief", "exp", expiry));
    request.end();
  }
}
