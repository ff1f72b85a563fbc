// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** A server with the door, whose handlers write down what they are told. */
final class TestDoor implements AutoCloseable {
  final AGServer server;
  final SocketIOListener io;
  final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();

  TestDoor(
      UnaryOperator<AGServerOptions.Builder> options,
      UnaryOperator<SocketIOOptions.Builder> socketIO) {
    HttpHandler application = request -> HttpAnswer.text(200, "the application");
    server =
        SocketCluster.create(
            options
                .apply(
                    AGServerOptions.builder()
                        .authKey("a-key-of-thirty-two-bytes-or-more!")
                        .eventLoops(2)
                        .httpHandler(application)
                        .closeTimeout(Duration.ofMillis(200)))
                .build());
    io = SocketIO.listen(server, socketIO.apply(SocketIOOptions.builder()).build());
    io.onClientConnect(this::connected);
    io.onClientMessage((message, client) -> told.add("message " + message));
    io.onClientDisconnect(client -> told.add("disconnect"));
    server.listen(0);
  }

  TestDoor() {
    this(options -> options, socketIO -> socketIO);
  }

  /** Echoes texts, but for those that say what to do. */
  private void connected(SocketIOClient client) {
    told.add("connect " + client.transport().id());
    client.onMessage(
        message -> {
          switch (message.stringValue("")) {
            case "leave" -> client.disconnect();
            case "all" -> client.broadcast("to the others");
            default -> client.send(message);
          }
        });
  }

  SocketIOClient onlyClient() {
    return io.clients().values().iterator().next();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> getLater(String path) {
    return http.sendAsync(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String packet) {
    String form = "data=" + URLEncoder.encode(packet, UTF_8);
    return send(
        request(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /** Opens a session by a poll; returns its path. */
  String poll() {
    String sid = get("/socket.io/xhr-polling//1300").body().replaceFirst("~m~49~m~", "");
    return "/socket.io/xhr-polling/" + sid;
  }

  RawClient webSocket(String path) {
    return RawClient.upgraded(server.port(), path);
  }

  @Override
  public void close() {
    server.close().join();
    http.close();
  }
}
