// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link CombinationsTest} has no place for: odd ids, origins, addresses and headers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingTest {
  private static final List<String> METHODS =
      List.of("GET", "POST", "OPTIONS", "PUT", "DELETE", "HEAD", "PATCH");
  private static final String GOOD = "http://good.example";
  private static final String BAD = "http://bad.example";

  private TestDoor door;

  @BeforeAll
  void open() {
    EnumSet<SocketIOTransport> served = EnumSet.allOf(SocketIOTransport.class);
    served.remove(SocketIOTransport.XHR_MULTIPART);
    door =
        new TestDoor(
            options -> options.origins("good.example:*").trustedProxies("127.0.0.1"),
            io -> io.transports(served));
  }

  @AfterAll
  void close() {
    door.close();
  }

  private HttpResponse<String> send(String method, String path, String... headers) {
    var request = door.request(path).method(method, BodyPublishers.noBody());
    return door.send(headers.length == 0 ? request : request.headers(headers));
  }

  @ParameterizedTest
  @EnumSource(SocketIOTransport.class)
  void requestsWithTheSessionOfAnotherTransportAreAnswered(SocketIOTransport transport) {
    String own = door.poll();
    String sid = own.substring(own.lastIndexOf('/') + 1);
    for (String id : List.of(sid, "unknown", "%00", "..", "0".repeat(49), "x".repeat(3000))) {
      if (id.equals(sid) && transport == SocketIOTransport.XHR_POLLING) {
        continue;
      }
      for (String method : METHODS) {
        String path = "/socket.io/" + transport.id() + "/" + id + "/1300/0";
        boolean isServed = transport != SocketIOTransport.XHR_MULTIPART;
        int expected =
            switch (method) {
              case "OPTIONS" -> 204;
              case "POST" -> !isServed ? 400 : transport.isSocket() ? 405 : 404;
              case "GET" -> !isServed ? 400 : transport.isSocket() ? 426 : 404;
              default -> isServed ? 405 : 400;
            };
        assertThat(send(method, path).statusCode()).as(method + " " + path).isEqualTo(expected);
      }
    }
    assertThat(door.post(own + "/send", "~m~1~m~a").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/socket.io",
        "/socket.io/",
        "/socket.io/unknown",
        "/socket.io/xhr-pollingx",
        "/socket.ioxxhr-polling",
        "/socket.io//xhr-polling",
        "/other",
        "/socket.io/socket.io.min.js"
      })
  void whatIsNotOurOwnIsTheApplications(String path) {
    assertThat(send("GET", path).body()).isEqualTo("the application");
    assertThat(upgradeHead(path)).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 101");
  }

  @Test
  void theClientIsServedWithItsVersion() {
    HttpResponse<String> script = send("GET", "/socket.io/socket.io.js", "origin", BAD);
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.body()).contains("setPath", "io.Socket");
    assertThat(script.headers().firstValue("content-type"))
        .contains("text/javascript; charset=utf-8");
    String tag = script.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again = send("GET", "/socket.io/socket.io.js", "if-none-match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(send("HEAD", "/socket.io/socket.io.js").statusCode()).isEqualTo(200);
    assertThat(send("POST", "/socket.io/socket.io.js").statusCode()).isEqualTo(405);
  }

  @Test
  void aScriptHasANumber() {
    assertThat(send("GET", "/socket.io/jsonp-polling").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/socket.io/jsonp-polling//1300/alert(1)").statusCode()).isEqualTo(400);
  }

  @Test
  void pagesOfGoodOriginsMayReadAndOthersMayNot() {
    HttpResponse<String> good = send("GET", "/socket.io/xhr-polling//1", "origin", GOOD);
    assertThat(good.statusCode()).isEqualTo(200);
    assertThat(good.headers().firstValue("access-control-allow-origin")).contains(GOOD);
    int before = door.io.clients().size();
    String session = "/socket.io/xhr-polling/" + good.body().substring(8);
    for (String method : METHODS) {
      for (SocketIOTransport transport : SocketIOTransport.values()) {
        String path = "/socket.io/" + transport.id() + "//1/0";
        assertThat(send(method, path, "origin", BAD).statusCode()).isEqualTo(403);
      }
    }
    assertThat(send("GET", session, "origin", BAD).statusCode()).isEqualTo(403);
    assertThat(send("GET", session, "origin", GOOD + ":81").statusCode())
        .as("another origin than that of the session")
        .isEqualTo(404);
    assertThat(send("GET", "/socket.io/xhr-polling//1", "origin", "null").statusCode())
        .isEqualTo(403);
    assertThat(door.io.clients().size()).as("no session for them").isEqualTo(before);
  }

  @Test
  void scriptsOfOtherPagesAreNotAnswered() {
    String path = "/socket.io/jsonp-polling//1300/0";
    assertThat(send("GET", path, "referer", BAD + "/page").statusCode()).isEqualTo(403);
    assertThat(send("GET", path, "sec-fetch-site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(send("GET", path, "referer", "not a URI").statusCode()).isEqualTo(403);
    assertThat(send("GET", path, "referer", GOOD + ":8080/page").statusCode()).isEqualTo(200);
    assertThat(send("GET", path, "sec-fetch-site", "same-origin").statusCode()).isEqualTo(200);
    assertThat(send("GET", path).statusCode()).as("no browser").isEqualTo(200);
  }

  @Test
  void aSessionBelongsToItsAddress() {
    String proxied = "x-forwarded-for";
    String path = "/socket.io/xhr-polling//1";
    String session =
        "/socket.io/xhr-polling/"
            + send("GET", path, proxied, "192.0.2.1").body().substring(8)
            + "/send";
    assertThat(send("POST", session, proxied, "192.0.2.2").statusCode()).isEqualTo(404);
    assertThat(send("POST", session, proxied, "192.0.2.1").statusCode())
        .as("found, but the body is empty")
        .isEqualTo(400);
  }

  @Test
  void otherUpgradesAreServedAsIfTheyDidNotAskForOne() {
    String head =
        rawHead(
            String.join(
                "\r\n",
                "GET /socket.io/xhr-polling HTTP/1.1",
                "Host: a",
                "Connection: Upgrade",
                "Upgrade: IRC\r\n\r\n"));
    assertThat(head).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aWebSocketWithoutAKeyIsRefused() {
    String head =
        rawHead(
            String.join(
                "\r\n",
                "GET /socket.io/websocket HTTP/1.1",
                "Host: a",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13\r\n\r\n"));
    assertThat(head).startsWith("HTTP/1.1 426 ");
  }

  private String upgradeHead(String path, String... headers) {
    return rawHead(RawClient.upgradeRequest(path, headers));
  }

  private String rawHead(String request) {
    try (RawClient client = RawClient.tcp(door.server.port())) {
      client.write(request.getBytes(ISO_8859_1));
      return client.readHead();
    }
  }
}
