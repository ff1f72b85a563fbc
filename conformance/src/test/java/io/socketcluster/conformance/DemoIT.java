// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo as a stranger starts it: the command, the address that it prints, a browser. */
class DemoIT {
  private static final Path ROOT = Path.of("..");
  private static final String GREETING = "SocketCluster demo: ";
  private static final Duration BUILD_AND_START = Duration.ofMinutes(15);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  private static @Nullable ChildProcess demo;
  private static @Nullable URI address;

  @BeforeAll
  static void startTheDemo() {
    ChildProcess started = ChildProcess.start(ROOT, List.of("bin/demo", "--port", "0"));
    demo = started;
    // A build before it leaves colour codes on the same line.
    String line = started.awaitLine(it -> it.contains(GREETING), BUILD_AND_START);
    address = URI.create(line.substring(line.indexOf(GREETING) + GREETING.length()));
  }

  @AfterAll
  static void endTheDemo() {
    ChildProcess started = Objects.requireNonNull(demo);
    CompletableFuture<String> closed = new CompletableFuture<>();
    try (started;
        HttpClient http = HttpClient.newHttpClient()) {
      http.newWebSocketBuilder()
          .buildAsync(webSocketAddress(), new CloseListener(closed))
          .orTimeout(STOP.toSeconds(), TimeUnit.SECONDS)
          .join();
      started.askToEnd();
      assertThat(closed).succeedsWithin(STOP).isEqualTo("4000 Server is closing");
      assertThat(started.awaitEnd(STOP)).isEqualTo(ENDED_BY_SIGTERM);
    }
  }

  private static URI webSocketAddress() {
    return URI.create("ws://" + at("/").getAuthority() + "/socketcluster/");
  }

  /** Told how the demo closes a connection. */
  private record CloseListener(CompletableFuture<String> closed) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code + " " + reason);
      return null;
    }
  }

  @Test
  void thePageIsServed() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(contentTypeOf(page)).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body()).contains("src=\"/chat.js\"");
  }

  @Test
  void theOfficialClientIsServed() throws Exception {
    HttpResponse<String> script = get("/socketcluster-client.min.js");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(contentTypeOf(script)).isEqualTo("text/javascript; charset=utf-8");
    assertThat(script.body()).contains("#handshake").hasSizeGreaterThan(10_000);
  }

  @Test
  void theHealthCheckAnswers() throws Exception {
    assertThat(get("/health-check").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyHandlesAnythingElse() throws Exception {
    assertThat(get("/no-such-page").statusCode()).isEqualTo(404);
    assertThat(get("/../../etc/passwd").statusCode()).isEqualTo(404);
    assertThat(get("/web/index.html").statusCode()).isEqualTo(404);
    HttpRequest post = HttpRequest.newBuilder(at("/")).POST(BodyPublishers.ofString("x")).build();
    assertThat(send(post).statusCode()).isEqualTo(405);
  }

  @Test
  void theRealClientUsesIt() {
    Scenario.named("demo-rpc").run(at("/").getPort());
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static String contentTypeOf(HttpResponse<String> response) {
    return response.headers().firstValue("content-type").orElse("none");
  }

  private static URI at(String path) {
    URI root = Objects.requireNonNull(address);
    return URI.create("http://" + root.getAuthority() + path);
  }
}
