// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
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

/** A server with the fallback, and what the tests do at it. */
final class TestFallback implements AutoCloseable {
  static final String PATH = "/socketcluster-http/";
  static final String HANDSHAKE = "{\"event\":\"#handshake\",\"data\":{},\"cid\":1}";

  final AGServer server;
  final Queue<AGServerSocket> sockets = new ConcurrentLinkedQueue<>();
  final Queue<String> ended = new ConcurrentLinkedQueue<>();
  final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();

  TestFallback(
      UnaryOperator<AGServerOptions.Builder> options,
      UnaryOperator<HttpFallbackOptions.Builder> fallback) {
    server =
        SocketCluster.create(
            options
                .apply(
                    AGServerOptions.builder()
                        .authKey("a-key-of-thirty-two-bytes-or-more!")
                        .eventLoops(2)
                        .pingTimeoutDisabled(true)
                        .closeTimeout(Duration.ofMillis(200)))
                .build());
    AGEndpoint endpoint = AGEndpoint.of(PATH).withProtocolVersion(ProtocolVersion.V2);
    HttpFallback.mount(
        server, fallback.apply(HttpFallbackOptions.builder().endpoint(endpoint)).build());
    server.onConnection(this::serve);
    server.listen(0);
  }

  TestFallback() {
    this(options -> options, fallback -> fallback);
  }

  private void serve(AGServerSocket socket) {
    sockets.add(socket);
    socket
        .listener(AGServerSocket.CLOSE)
        .consume(event -> ended.add(event.code() + " " + event.reason()));
    socket.procedure("echo").consume(call -> call.end(call.data()));
    socket.receiver("say").consume(data -> heard.add(data.stringValue("")));
  }

  HttpRequest.Builder request(String name) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + PATH + name));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return sendLater(request).join();
  }

  CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.ofString(UTF_8));
  }

  HttpResponse<String> get(String name) {
    return send(request(name));
  }

  HttpResponse<String> post(String name, String body) {
    return send(request(name).POST(BodyPublishers.ofString(body)));
  }

  /** Opens a session and returns the end of the query of its further requests. */
  String open() {
    String opened = post("open", "").body();
    return "sid=" + opened.replaceAll("(?s).*data: (\\S+)\n\n", "$1");
  }

  /** Posts messages; the first one has this number. */
  HttpResponse<String> say(String session, long first, String... messages) {
    StringBuilder body = new StringBuilder("id: " + first + "\n");
    for (String message : messages) {
      body.append("data: ").append(message).append("\n\n");
    }
    return post("messages?" + session, body.toString());
  }

  static String transmit(String event, String data) {
    return "{\"event\":\"" + event + "\",\"data\":\"" + data + "\"}";
  }

  /** Opens a session, and does the handshake, whose answer is the first message. */
  String connect() {
    String session = open();
    say(session, 1, HANDSHAKE);
    return session;
  }

  /** A stream of events that is read. */
  static final class Events implements AutoCloseable {
    private final InputStream body;
    private final BufferedReader lines;

    Events(InputStream body) {
      this.body = body;
      this.lines = new BufferedReader(new InputStreamReader(body, UTF_8));
    }

    /** Returns the next event: its lines, without comments. */
    String next() {
      try {
        StringBuilder event = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.isEmpty() && !event.isEmpty()) {
            return event.toString();
          }
          if (!line.isEmpty() && !line.startsWith(":")) {
            event.append(event.isEmpty() ? "" : "\n").append(line);
          }
        }
        return "end";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Begins a stream; waits until its head is there. */
  Events stream(String session, long after) {
    return new Events(
        http.sendAsync(
                request("events?" + session + "&after=" + after).build(),
                BodyHandlers.ofInputStream())
            .join()
            .body());
  }

  HttpResponse<String> poll(String session, long after) {
    return get("events?" + session + "&after=" + after + "&poll=1");
  }

  RawClient webSocket(String session) {
    return RawClient.upgraded(server.port(), PATH + "websocket?" + session);
  }

  @Override
  public void close() {
    server.close().join();
    http.close();
  }
}
