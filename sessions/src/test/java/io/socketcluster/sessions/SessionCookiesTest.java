// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.sessions.internal.SessionCookies;
import io.socketcluster.store.Store;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of HTTP requests and handshakes: what browsers get, and what they have to send. */
class SessionCookiesTest {
  private final Store store = Store.embedded();
  private final AGSessions sessions =
      AGSessions.create(store, SessionOptions.builder().secureCookie(false).build());
  private final AGServer server =
      SocketCluster.create(
          AGServerOptions.builder()
              .authKey("a-key-of-thirty-two-bytes-or-more!")
              .closeTimeout(Duration.ofMillis(200))
              .httpHandler(sessions.withCookie(this::answer))
              .build());

  SessionCookiesTest() {
    sessions.attach(server);
    server.setMiddleware(AGServer.MIDDLEWARE_HANDSHAKE, AGMiddleware.each(this::decide));
    server.listen(0);
  }

  @AfterEach
  void close() {
    sessions.close();
    server.close().join();
    store.close();
  }

  private @Nullable HttpAnswer answer(HttpRequest request) {
    AGSession session = Objects.requireNonNull(sessions.of(request));
    return switch (request.path()) {
      case "/count" -> HttpAnswer.text(200, "visit " + session.add("visits", "now").join());
      case "/cached" -> HttpAnswer.text(200, "x").withHeader("cache-control", "public, max-age=99");
      default -> null;
    };
  }

  /** As the README of SocketCluster 1 has it. */
  private void decide(AGAction action) {
    AGSession session = sessions.of(action.request());
    if (session != null && session.hasKey("visits").join()) {
      action.allow();
    } else {
      action.block();
    }
  }

  /** Returns the whole answer. */
  private String get(String path, String cookie) {
    try (RawClient client = RawClient.tcp(server.port())) {
      client.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n").getBytes(US_ASCII));
      client.write(("Connection: close\r\nCookie: " + cookie + "\r\n\r\n").getBytes(US_ASCII));
      return client.readAll();
    }
  }

  /** Returns the values of a header field. */
  private static List<String> valuesOf(String answer, String field) {
    return answer
        .lines()
        .filter(line -> line.startsWith(field + ": "))
        .map(line -> line.substring(field.length() + 2))
        .toList();
  }

  private String newCookie(String path) {
    return valuesOf(get(path, "a=b"), "set-cookie").getFirst().split(";", 2)[0];
  }

  @Test
  void aBrowserGetsACookieOnceAndKeepsItsSession() {
    String first = get("/count", "other=1");

    assertThat(valuesOf(first, "set-cookie"))
        .singleElement()
        .asString()
        .matches("socketcluster\\.sid=[\\w-]{27}; Path=/; HttpOnly; SameSite=Lax");
    String cookie = valuesOf(first, "set-cookie").getFirst().split(";", 2)[0];
    String second = get("/count", "other=1; " + cookie);
    assertThat(valuesOf(second, "set-cookie")).isEmpty();
    assertThat(first).endsWith("visit 0");
    assertThat(second).endsWith("visit 1");
  }

  @Test
  void aCookieThatIsNoIdIsReplaced() {
    assertThat(valuesOf(get("/count", "socketcluster.sid=guessed"), "set-cookie")).hasSize(1);
  }

  @Test
  void anAnswerWithANewIdIsNotCached() {
    String first = get("/cached", "a=b");
    String second = get("/cached", newCookie("/count"));

    assertThat(valuesOf(first, "cache-control")).containsExactly("no-store");
    assertThat(valuesOf(second, "cache-control")).containsExactly("public, max-age=99");
  }

  @Test
  void whatNobodyAnswersGivesNoCookie() {
    String none = get("/none", "a=b");

    assertThat(none).startsWith("HTTP/1.1 501 ");
    assertThat(valuesOf(none, "set-cookie")).isEmpty();
  }

  @Test
  void theCookieIsForTlsUnlessSaidOtherwise() {
    SessionCookies cookies = new SessionCookies(SessionOptions.DEFAULT);

    assertThat(cookies.giving(HttpAnswer.of(200), "ID").headers().get("set-cookie"))
        .containsExactly("__Host-socketcluster.sid=ID; Path=/; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void theHandshakeIsDecidedByTheSessionOfTheCookie() {
    String cookie = newCookie("/count");

    try (RawClient known = RawClient.tcp(server.port());
        RawClient unknown = RawClient.tcp(server.port())) {
      assertThat(known.upgrade(server.getPath(), "Cookie: " + cookie + "\r\n")).contains(" 101 ");
      unknown.write(RawClient.upgradeRequest(server.getPath()).getBytes(US_ASCII));
      assertThat(unknown.readHead()).contains(" 401 ");
    }
  }
}
