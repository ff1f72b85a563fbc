// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every combination of method, transport, session, upgrade and origin has an answer. */
class RoutingTest {
  private final TestDoor door =
      new TestDoor(options -> options.origins("good.example:*"), engine -> engine);

  @AfterEach
  void close() {
    door.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET     | EIO=3&transport=polling             | 200 |
          GET     | transport=polling                   | 200 |
          GET     | EIO=4&transport=polling             | 400 | 3
          GET     | EIO=3&transport=websocket           | 400 | 3
          GET     | EIO=3&transport=flashsocket         | 400 | 0
          GET     | EIO=3                               | 400 | 0
          GET     | EIO=3&transport=polling&sid=unknown | 400 | 1
          GET     | EIO=3&transport=polling&j=x         | 400 | 3
          POST    | EIO=3&transport=polling             | 400 | 2
          POST    | EIO=3&transport=polling&sid=unknown | 400 | 1
          POST    | EIO=3&transport=websocket           | 400 | 3
          PUT     | EIO=3&transport=polling             | 400 | 2
          DELETE  | EIO=3&transport=polling&sid=unknown | 400 | 1
          OPTIONS | EIO=3&transport=polling             | 204 |
          """)
  void requestsAreAnswered(String method, String query, int status, String code) {
    HttpResponse<byte[]> answer =
        door.send(door.request(query).method(method, BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(status);
    if (code != null) {
      assertThat(TestDoor.text(answer)).contains("\"code\":" + code);
    }
  }

  @Test
  void otherMethodsOfASessionAreNotAllowed() {
    String session = door.open();
    HttpResponse<byte[]> answer =
        door.send(door.request(session).method("PUT", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("GET, POST, OPTIONS");
  }

  @Test
  void aPageOfAGoodOriginMayReadAndOneOfABadOriginMayNot() {
    HttpResponse<byte[]> good = from("http://good.example", "EIO=3&transport=polling&b64=1");
    assertThat(good.statusCode()).isEqualTo(200);
    assertThat(good.headers().firstValue("access-control-allow-origin"))
        .contains("http://good.example");
    assertThat(good.headers().firstValue("access-control-allow-credentials")).contains("true");
    String session = "EIO=3&transport=polling&sid=" + TestDoor.sid(TestDoor.text(good));
    assertThat(from("http://bad.example", "EIO=3&transport=polling").statusCode()).isEqualTo(403);
    assertThat(from("http://bad.example", session).statusCode()).isEqualTo(403);
    assertThat(from("http://good.example:81", session).statusCode())
        .as("another origin than that of the session")
        .isEqualTo(400);
  }

  private HttpResponse<byte[]> from(String origin, String query) {
    return door.send(door.request(query).header("origin", origin));
  }

  @Test
  void aSessionBelongsToItsAddress() {
    try (TestDoor proxied =
        new TestDoor(
            options -> options.trustedProxies("127.0.0.1"),
            engine -> engine.pollDuration(Duration.ofMillis(100)))) {
      String query = "EIO=3&transport=polling";
      String session = query + "&sid=" + TestDoor.sid(TestDoor.text(from(proxied, 1, query)));
      assertThat(TestDoor.text(from(proxied, 2, session))).contains("Session ID unknown");
      assertThat(from(proxied, 1, session).statusCode()).isEqualTo(200);
      assertThat(
              proxied.upgradeHead(
                  session.replace("polling", "websocket"), "X-Forwarded-For: 192.0.2.2\r\n"))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void aSessionMayUseSeveralAddressesIfTheOptionsSaySo() {
    try (TestDoor proxied =
        new TestDoor(
            options -> options.trustedProxies("127.0.0.1"),
            engine -> engine.sessionsKeepAddress(false).pollDuration(Duration.ofMillis(100)))) {
      String query = "EIO=3&transport=polling";
      String session = query + "&sid=" + TestDoor.sid(TestDoor.text(from(proxied, 1, query)));
      assertThat(from(proxied, 2, session).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<byte[]> from(TestDoor proxied, int last, String query) {
    return proxied.send(proxied.request(query).header("x-forwarded-for", "192.0.2." + last));
  }

  @Test
  void upgradesAreAnswered() {
    assertThat(door.upgradeHead("EIO=3&transport=websocket&sid=unknown"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(door.upgradeHead("EIO=3&transport=polling")).startsWith("HTTP/1.1 400 ");
    assertThat(door.upgradeHead("EIO=3&transport=websocket", "Origin: http://bad.example\r\n"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(door.upgradeHeadOf(TestDoor.PATH + "x/"))
        .as("of the application")
        .startsWith("HTTP/1.1 501 ");
  }

  @Test
  void aSessionOnAWebSocketIsNotPolled() {
    try (RawClient client = door.webSocket("EIO=3&transport=websocket")) {
      String sid = TestDoor.sid(client.next());
      assertThat(door.get("EIO=3&transport=polling&sid=" + sid).statusCode()).isEqualTo(400);
    }
  }
}
