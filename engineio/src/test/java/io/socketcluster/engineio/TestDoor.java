// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A server with the door, and what the tests do at it. */
final class TestDoor implements AutoCloseable {
  static final String PATH = "/socketcluster-1/";

  final AGServer server;
  final Queue<String> ended = new ConcurrentLinkedQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();

  TestDoor(
      UnaryOperator<AGServerOptions.Builder> options,
      UnaryOperator<EngineIOOptions.Builder> engine) {
    server =
        SocketCluster.create(
            options
                .apply(
                    AGServerOptions.builder()
                        .authKey("a-key-of-thirty-two-bytes-or-more!")
                        .eventLoops(2)
                        .closeTimeout(Duration.ofMillis(200)))
                .build());
    EngineIO.mount(server, engine.apply(EngineIOOptions.builder().appName("test")).build());
    server.onConnection(this::serve);
    server.listen(0);
  }

  TestDoor() {
    this(options -> options, engine -> engine);
  }

  private void serve(AGServerSocket socket) {
    socket.listener(AGServerSocket.CLOSE).consume(event -> ended.add(String.valueOf(event.code())));
    socket.procedure("echo").consume(call -> call.end(call.data()));
    socket
        .procedure("alwaysFails")
        .consume(call -> call.error(new AGException("BadCustomError", "on purpose")));
    socket
        .procedure("login")
        .consume(
            call -> {
              socket.setAuthToken(Map.of("username", "ann"));
              call.end();
            });
    socket.procedure("leave").consume(call -> socket.disconnect());
    socket.receiver("greet").consume(name -> socket.transmit("greeting", Map.of("hello", name)));
  }

  URI uri(String query) {
    return URI.create("http://127.0.0.1:" + server.port() + PATH + "?" + query);
  }

  HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(uri(query));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<byte[]>> sendLater(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String query) {
    return send(request(query));
  }

  HttpResponse<byte[]> post(String query, String type, byte[] body) {
    return send(request(query).header("content-type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  /** Opens a session whose payloads are text; returns the query of its further requests. */
  String open() {
    String body = text(get("EIO=3&transport=polling&b64=1"));
    return "EIO=3&transport=polling&sid=" + sid(body);
  }

  static String sid(String body) {
    return body.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
  }

  /** Posts packets as text. */
  int say(String session, String... packets) {
    StringBuilder payload = new StringBuilder();
    for (String packet : packets) {
      String units = new String(packet.getBytes(UTF_8), ISO_8859_1);
      payload.append(units.length()).append(':').append(units);
    }
    return post(session, "text/plain;charset=UTF-8", payload.toString().getBytes(UTF_8))
        .statusCode();
  }

  /** Polls until what came contains these texts. */
  String pollUntil(String session, String... texts) {
    StringBuilder all = new StringBuilder();
    while (!Stream.of(texts).allMatch(text -> all.indexOf(text) >= 0)) {
      HttpResponse<byte[]> answer = get(session);
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.statusCode() + " after " + all);
      }
      all.append(text(answer));
    }
    return all.toString();
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  RawClient webSocket(String query) {
    return RawClient.upgraded(server.port(), query.isEmpty() ? PATH : PATH + "?" + query);
  }

  /** Asks for an upgrade; returns the head of the answer. */
  String upgradeHead(String query, String... headers) {
    return upgradeHeadOf(PATH + "?" + query, headers);
  }

  String upgradeHeadOf(String path, String... headers) {
    try (RawClient client = RawClient.tcp(server.port())) {
      client.write(RawClient.upgradeRequest(path, headers).getBytes(ISO_8859_1));
      return client.readHead();
    }
  }

  @Override
  public void close() {
    server.close().join();
    http.close();
  }
}
