// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each method with each transport and each kind of session, with and without an upgrade, from each
 * kind of origin: a status for every combination, and a server that serves on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CombinationsTest {
  private static final String PING = "1:2";
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  private final Map<Session, String> ids = new EnumMap<>(Session.class);
  private TestDoor door;
  private RawClient socket;

  enum Transport {
    POLLING("EIO=3&transport=polling"),
    WEBSOCKET("EIO=3&transport=websocket"),
    UNKNOWN("EIO=3&transport=flashsocket"),
    NONE("");

    final String query;

    Transport(String query) {
      this.query = query;
    }
  }

  enum Session {
    NONE,
    THAT_POLLS,
    ON_A_WEBSOCKET,
    UNKNOWN
  }

  enum Origin {
    GOOD("Origin: http://good.example\r\n"),
    BAD("Origin: http://bad.example\r\n"),
    ABSENT("");

    final String header;

    Origin(String header) {
      this.header = header;
    }
  }

  private record Combination(
      String method, Transport transport, Session session, boolean upgrades, Origin origin) {}

  @BeforeAll
  void open() {
    door =
        new TestDoor(
            options -> options.origins("good.example:*"),
            engine -> engine.closeTimeout(Duration.ofMinutes(10)));
    String session = door.open();
    ids.put(Session.THAT_POLLS, session.substring(session.indexOf("&sid=")));
    socket = door.webSocket("EIO=3&transport=websocket");
    ids.put(Session.ON_A_WEBSOCKET, "&sid=" + TestDoor.sid(socket.next()));
    ids.put(Session.UNKNOWN, "&sid=" + "x".repeat(27));
  }

  @AfterAll
  void close() {
    socket.close();
    door.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "OPTIONS", "PUT"})
  void everyCombinationIsAnswered(String method) {
    for (Transport transport : Transport.values()) {
      for (Session session : Session.values()) {
        for (boolean upgrades : new boolean[] {false, true}) {
          for (Origin origin : Origin.values()) {
            Combination each = new Combination(method, transport, session, upgrades, origin);
            assertThat(statusOf(each)).as(each.toString()).isEqualTo(expected(each));
          }
        }
      }
    }
    String polling = Transport.POLLING.query + ids.get(Session.THAT_POLLS);
    assertThat(door.say(polling, "2")).as("the session that polls").isEqualTo(200);
    assertThat(socket.isClosed()).as("the session on a WebSocket").isFalse();
  }

  private int statusOf(Combination each) {
    if (each.session == Session.THAT_POLLS && each.transport == Transport.POLLING) {
      String polling = Transport.POLLING.query + ids.get(Session.THAT_POLLS);
      assertThat(door.say(polling, "2")).as("so that no poll is held").isEqualTo(200);
    }
    try (RawClient client = RawClient.tcp(door.server.port())) {
      client.write(request(each).getBytes(UTF_8));
      return Integer.parseInt(client.readHead().substring("HTTP/1.1 ".length()).substring(0, 3));
    }
  }

  private String request(Combination each) {
    boolean hasBody = !each.upgrades && !each.method.equals("GET");
    return each.method
        + " "
        + TestDoor.PATH
        + "?"
        + each.transport.query
        + ids.getOrDefault(each.session, "")
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + each.origin.header
        + (each.upgrades ? UPGRADE : "")
        + (hasBody ? "Content-Length: " + PING.length() + "\r\n\r\n" + PING : "\r\n");
  }

  private static int expected(Combination each) {
    if (each.origin == Origin.BAD) {
      return 403;
    }
    return each.upgrades ? ofUpgrade(each) : ofRequest(each);
  }

  private static int ofUpgrade(Combination each) {
    if (!each.method.equals("GET")) {
      return 426;
    }
    return switch (each.transport) {
      case NONE -> 101; // a client that knows nothing of Engine.IO
      case WEBSOCKET -> each.session == Session.UNKNOWN ? 400 : 101;
      case POLLING, UNKNOWN -> 400;
    };
  }

  private static int ofRequest(Combination each) {
    if (each.method.equals("OPTIONS")) {
      return 204;
    }
    if (each.transport != Transport.POLLING || each.session == Session.UNKNOWN) {
      return 400;
    }
    boolean isRead = each.method.equals("GET");
    return switch (each.session) {
      case NONE -> isRead ? 200 : 400;
      case THAT_POLLS -> isRead || each.method.equals("POST") ? 200 : 405;
      default -> isRead || each.method.equals("POST") ? 400 : 405;
    };
  }
}
