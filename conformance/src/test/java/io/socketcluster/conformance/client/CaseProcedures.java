// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.conformance.TestServers;
import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.AuthKeys;
import io.socketcluster.server.JwtAuthEngine;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What both servers of the cases offer; the other one is {@code lib/reference/procedures.mjs}. */
final class CaseProcedures {
  private static final List<String> USERS = List.of("alice", "bob", "kate", "Zoë 🦊");
  private static final ObjectMapper JSON = new JsonMapper();
  private static final Duration TEN_YEARS = Duration.ofDays(3660);

  private final JwtAuthEngine engine;
  private final Gates gates;
  private final Map<String, Queue<Integer>> batches = new ConcurrentHashMap<>();
  private volatile @Nullable JsonNode lastPublish;

  CaseProcedures(JwtAuthEngine engine, Gates gates) {
    this.engine = engine;
    this.gates = gates;
  }

  /** Remembers what the middleware saw of a publish. */
  void published(JsonNode data) {
    lastPublish = data;
  }

  /** Remembers how many packets were in a message that is a batch. */
  void arrived(AGServerSocket socket, String message) {
    if (message.startsWith("[")) {
      batchesOf(socket).add(JSON.readTree(message).size());
    }
  }

  private Queue<Integer> batchesOf(AGServerSocket socket) {
    return batches.computeIfAbsent(socket.id(), id -> new ConcurrentLinkedQueue<>());
  }

  void serve(AGServerSocket socket) {
    TestServers.serve(socket);
    socket.procedure("echo").consume(request -> request.end(request.data()));
    socket.procedure("login").consume(request -> login(socket, request));
    socket.procedure("setAuthKey", String.class).consume(this::setAuthKey);
    socket.procedure("lastPublish").consume(request -> request.end(lastPublish));
    socket.procedure("openGate", String.class).consume(this::openGate);
    socket.procedure("query").consume(request -> request.end(queryOf(socket)));
    socket.procedure("batches").consume(request -> request.end(batchesOf(socket)));
    socket.receiver("foo").consume(data -> socket.transmit("fooReceived", data));
    socket.receiver("hangUp").consume(data -> socket.terminate());
    serveTasks(socket);
  }

  private static void login(AGServerSocket socket, AGRequest<JsonNode> request) {
    String username = request.data().path("username").stringValue("");
    if (!USERS.contains(username)) {
      request.error(new AGException("FailedLoginError", "Failed to login"));
      return;
    }
    long expiry = Instant.now().plus(TEN_YEARS).getEpochSecond();
    socket.setAuthToken(Map.of("username", username, "exp", expiry));
    request.end();
  }

  private void setAuthKey(AGRequest<String> request) {
    engine.replaceKeys(AuthKeys.of(AuthKey.secret(request.data())));
    request.end();
  }

  private void openGate(AGRequest<String> request) {
    gates.open(request.data());
    request.end();
  }

  private static String queryOf(AGServerSocket socket) {
    String query = URI.create(socket.request().uri()).getRawQuery();
    return query == null ? "" : query;
  }

  /** A task that takes until the client says that it is finished. */
  private static void serveTasks(AGServerSocket socket) {
    Queue<AGRequest<JsonNode>> tasks = new ConcurrentLinkedQueue<>();
    socket.procedure("performTask").consume(tasks::add);
    socket
        .receiver("finishTasks")
        .consume(
            data -> {
              while (!tasks.isEmpty()) {
                tasks.remove().end("too late");
              }
              socket.transmit("tasksFinished", null);
            });
  }
}
