// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each method at each path, with each kind of session, with and without an upgrade, from each kind
 * of origin: a status for every combination, and a server that serves on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CombinationsTest {
  private static final SocketIOTransport DISABLED = SocketIOTransport.XHR_MULTIPART;
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String PACKET = "data=~m~1~m~a";
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  private final Map<SocketIOTransport, String> own = new EnumMap<>(SocketIOTransport.class);
  private final List<RawClient> openers = new ArrayList<>();
  private TestDoor door;

  enum Session {
    NONE,
    OWN,
    OF_ANOTHER_TRANSPORT,
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
      String method, String target, Session session, boolean upgrades, Origin origin) {
    @Nullable SocketIOTransport transport() {
      return SocketIOTransport.of(target);
    }
  }

  @BeforeAll
  void open() {
    EnumSet<SocketIOTransport> served = EnumSet.allOf(SocketIOTransport.class);
    served.remove(DISABLED);
    door =
        new TestDoor(
            options -> options.origins("good.example:*"),
            io -> {
              for (SocketIOTransport each : served) {
                io.transportOptions(each, its -> its.withCloseTimeout(LONG));
              }
              return io.transports(served);
            });
    served.forEach(this::openSession);
  }

  private void openSession(SocketIOTransport transport) {
    List<String> before = List.copyOf(door.io.clients().keySet());
    RawClient opener = RawClient.tcp(door.server.port());
    openers.add(opener);
    boolean upgrades = transport.isSocket();
    opener.write(
        request(new Combination("GET", transport.id(), Session.NONE, upgrades, Origin.GOOD)));
    opener.readHead();
    await().until(() -> door.io.clients().size() > before.size());
    List<String> now = new ArrayList<>(door.io.clients().keySet());
    now.removeAll(before);
    own.put(transport, now.getFirst());
  }

  @AfterAll
  void close() {
    openers.forEach(RawClient::close);
    door.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "OPTIONS", "PUT"})
  void everyCombinationIsAnswered(String method) {
    for (String target : targets()) {
      for (Session session : Session.values()) {
        for (boolean upgrades : new boolean[] {false, true}) {
          for (Origin origin : Origin.values()) {
            Combination each = new Combination(method, target, session, upgrades, origin);
            assertThat(statusOf(each)).as(each.toString()).isEqualTo(expected(each));
          }
        }
      }
    }
    assertThat(own.values()).allMatch(door.io.clients()::containsKey);
  }

  private static List<String> targets() {
    List<String> targets = new ArrayList<>(List.of("unknown", "socket.io.js", "WebSocketMain.swf"));
    for (SocketIOTransport each : SocketIOTransport.values()) {
      targets.add(each.id());
    }
    return targets;
  }

  private int statusOf(Combination each) {
    SocketIOTransport transport = each.transport();
    if (transport != null && transport.isPolling()) {
      SocketIOClient polling = door.io.clients().get(own.get(transport));
      requireNonNull(polling).send("x"); // so that no poll is held
    }
    try (RawClient client = RawClient.tcp(door.server.port())) {
      client.write(request(each));
      return Integer.parseInt(client.readHead().substring("HTTP/1.1 ".length()).substring(0, 3));
    }
  }

  private byte[] request(Combination each) {
    String id =
        switch (each.session) {
          case NONE -> "";
          case OWN -> "/" + own.getOrDefault(each.transport(), "1");
          case OF_ANOTHER_TRANSPORT -> "/" + otherThan(each.transport());
          case UNKNOWN -> "/" + "7".repeat(49);
        };
    boolean hasBody = !each.upgrades && !each.method.equals("GET");
    String path = "/socket.io/" + each.target + (id.isEmpty() ? "/" : id) + "/1300/0";
    String head =
        each.method
            + " "
            + (each.target.contains(".") ? "/socket.io/" + each.target : path)
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + each.origin.header
            + (each.upgrades ? UPGRADE : "")
            + (hasBody ? "Content-Length: " + PACKET.length() + "\r\n" : "")
            + "\r\n";
    return (head + (hasBody ? PACKET : "")).getBytes(UTF_8);
  }

  private String otherThan(@Nullable SocketIOTransport transport) {
    return requireNonNull(
        own.get(
            transport == SocketIOTransport.XHR_POLLING
                ? SocketIOTransport.JSONP_POLLING
                : SocketIOTransport.XHR_POLLING));
  }

  private static int expected(Combination each) {
    if (each.target.equals("socket.io.js")) {
      return ofScript(each);
    }
    SocketIOTransport transport = each.transport();
    if (transport == null) {
      return 200; // the application's
    }
    if (each.origin == Origin.BAD) {
      return 403;
    }
    return each.upgrades ? ofUpgrade(each, transport) : ofRequest(each, transport);
  }

  private static int ofScript(Combination each) {
    if (each.upgrades) {
      return each.origin == Origin.BAD ? 403 : 400;
    }
    return each.method.equals("GET") || each.method.equals("HEAD") ? 200 : 405;
  }

  private static int ofUpgrade(Combination each, SocketIOTransport transport) {
    if (!transport.isSocket()) {
      return 400;
    }
    if (!each.method.equals("GET")) {
      return 426;
    }
    return isServed(each.session) ? 101 : 404;
  }

  private static boolean isServed(Session session) {
    return session == Session.NONE || session == Session.OWN;
  }

  private static int ofRequest(Combination each, SocketIOTransport transport) {
    if (each.method.equals("OPTIONS")) {
      return 204;
    }
    if (transport == DISABLED) {
      return 400;
    }
    return switch (each.method) {
      case "GET" -> transport.isSocket() ? 426 : isServed(each.session) ? 200 : 404;
      case "POST" -> transport.isSocket() ? 405 : ofPost(each.session);
      default -> 405;
    };
  }

  private static int ofPost(Session session) {
    return switch (session) {
      case NONE -> 400;
      case OWN -> 200;
      default -> 404;
    };
  }
}
