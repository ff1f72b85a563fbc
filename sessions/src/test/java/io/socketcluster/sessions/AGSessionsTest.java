// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.sessions.internal.SessionIds;
import io.socketcluster.store.Store;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two servers with one broker and one store, and the sockets of their sessions. */
class AGSessionsTest {
  private static final SessionOptions OPTIONS =
      SessionOptions.builder().timeout(Duration.ofHours(1)).build();

  private final AGBrokerEngine broker = new AGSimpleBroker();
  private final Store store = Store.embedded();
  private final AGServer server = create();
  private final AGServer otherServer = create();
  private final AGSessions sessions = attached(OPTIONS, server);
  private final AGSessions otherSessions = attached(OPTIONS, otherServer);

  private AGServer create() {
    return SocketCluster.create(
        AGServerOptions.builder()
            .authKey("a-key-of-thirty-two-bytes-or-more!")
            .closeTimeout(Duration.ofMillis(200))
            .brokerEngine(broker)
            .build());
  }

  private AGSessions attached(SessionOptions options, AGServer listening) {
    AGSessions attached = AGSessions.create(store, options).attach(listening);
    listening.listen(0);
    return attached;
  }

  @AfterEach
  void close() {
    sessions.close();
    otherSessions.close();
    server.close().join();
    otherServer.close().join();
    broker.close().join();
    store.close();
  }

  /** Connects with the cookie of a session. */
  private static RawClient client(AGServer server, String id) {
    RawClient client = RawClient.tcp(server.port());
    client.upgrade(server.getPath(), "Cookie: a=b; " + OPTIONS.cookieName() + "=" + id + "\r\n");
    client.handshake(null);
    await().until(() -> server.clients().containsKey(client.id()));
    return client;
  }

  private static AGServerSocket socketOf(AGServer server, RawClient client) {
    return Objects.requireNonNull(server.clients().get(client.id()));
  }

  private static String event(RawClient client, String event) {
    JsonNode message = client.nextJson();
    while (!message.path("event").stringValue("").equals(event)) {
      message = client.nextJson();
    }
    return message.path("data").toString();
  }

  @Test
  void socketsWithOneCookieShareTheDataOfASession() {
    String id = SessionIds.create();
    try (RawClient first = client(server, id);
        RawClient second = client(otherServer, id);
        RawClient stranger = client(server, SessionIds.create())) {
      AGSession session = sessions.of(socketOf(server, first));
      session.set("isUserAuthorized", true).join();

      AGSession ofOther = otherSessions.of(socketOf(otherServer, second));
      assertThat(ofOther.id()).isEqualTo(id);
      assertThat(ofOther.get("isUserAuthorized").join().booleanValue()).isTrue();
      AGSession ofStranger = sessions.of(socketOf(server, stranger));
      assertThat(ofStranger.hasKey("isUserAuthorized").join()).isFalse();
      assertThat(session.sockets()).containsExactly(socketOf(server, first));
    }
  }

  @Test
  void aSocketWithoutACookieLeavesNothingInTheStore() {
    Queue<SessionEnd> ends = new ConcurrentLinkedQueue<>();
    sessions.listener(AGSessions.SESSION_END).consume(ends::add);
    try (RawClient client = RawClient.tcp(server.port())) {
      client.upgrade(server.getPath());
      client.handshake(null);
      await().until(() -> store.keys().join().size() == 1);
      assertThat(ends).isEmpty();
    }

    await().until(() -> !ends.isEmpty());
    assertThat(store.keys().join()).isEmpty();
  }

  @Test
  void anEventReachesAllSocketsOfASessionOnAllServersAndNoOthers() {
    String id = SessionIds.create();
    try (RawClient first = client(server, id);
        RawClient tab = client(server, id);
        RawClient remote = client(otherServer, id);
        RawClient stranger = client(otherServer, SessionIds.create())) {
      await().until(() -> sessions.session(id).sockets().size() == 2);
      await().until(() -> otherSessions.session(id).sockets().size() == 1);

      sessions.session(id).emit("theme", Map.of("dark", true)).join();
      sessions.session(id).emit("last", null).join();

      for (RawClient each : List.of(first, tab, remote)) {
        assertThat(event(each, "theme")).isEqualTo("{\"dark\":true}");
        assertThat(event(each, "last")).isEmpty();
        assertThat(each.waiting()).isZero(); // not twice
      }
      socketOf(otherServer, stranger).transmit("only", 1);
      assertThat(stranger.nextJson().path("event").stringValue("")).isEqualTo("only");
    }
  }

  @Test
  void aSocketWithoutCookieAndTokenHasASessionOfItsOwn() {
    for (String cookie : List.of("", "short", "x".repeat(28), "../../../../../../../../../")) {
      try (RawClient first = client(server, cookie);
          RawClient second = client(server, cookie)) {
        String id = sessions.of(socketOf(server, first)).id();

        assertThat(id).matches("[\\w-]{27}").isNotEqualTo(cookie);
        assertThat(sessions.of(socketOf(server, first)).id()).isEqualTo(id);
        assertThat(sessions.of(socketOf(server, second)).id()).isNotEqualTo(id);
      }
    }
  }

  @Test
  void theTokenDecidesAndItsEndEndsTheMembership() {
    String ofCookie = SessionIds.create();
    String ofToken = SessionIds.create();
    try (RawClient client = client(server, ofCookie)) {
      AGServerSocket socket = socketOf(server, client);
      await().until(() -> sessions.session(ofCookie).sockets().contains(socket));

      socket.setAuthToken(Map.of("sessionId", ofToken));
      assertThat(sessions.of(socket).id()).isEqualTo(ofToken);
      assertThat(sessions.session(ofToken).sockets()).containsExactly(socket);
      assertThat(sessions.session(ofCookie).sockets()).isEmpty();

      socket.deauthenticate();
      await().until(() -> sessions.session(ofToken).sockets().isEmpty());
      assertThat(sessions.of(socket).id()).isEqualTo(ofCookie);
    }
  }

  @Test
  void theEndOfATokenEndsTheMembershipThatTheSocketHadBeforeIt() {
    try (RawClient client = client(server, "")) {
      AGServerSocket socket = socketOf(server, client);
      String id = sessions.of(socket).id();

      socket.setAuthToken(Map.of("sessionId", id));
      assertThat(sessions.of(socket).id()).isEqualTo(id);

      socket.deauthenticate();
      assertThat(sessions.of(socket).id()).isNotEqualTo(id);
      assertThat(sessions.session(id).sockets()).isEmpty();
    }
  }

  @Test
  void aSocketThatHasClosedKeepsTheSessionOfItsOwnAndIsNotInIt() {
    AGServerSocket socket;
    String id;
    try (RawClient client = client(server, "")) {
      socket = socketOf(server, client);
      id = sessions.of(socket).id();
    }
    await().until(() -> socket.state() == SocketState.CLOSED);
    await().until(() -> sessions.session(id).sockets().isEmpty());

    assertThat(sessions.of(socket).id()).isEqualTo(id);
    assertThat(sessions.session(id).sockets()).isEmpty();
  }

  @Test
  void theFirstCallForASocketThatHasClosedGivesTheSessionOfAllLaterCalls() {
    AGServer third = create();
    third.listen(0);
    try (AGSessions late = AGSessions.create(store, OPTIONS)) {
      AGServerSocket socket;
      try (RawClient client = client(third, "")) {
        socket = socketOf(third, client);
      }
      await().until(() -> socket.state() == SocketState.CLOSED);
      late.attach(third);

      AGSession session = late.of(socket);
      assertThat(late.of(socket).id()).isEqualTo(session.id());
      assertThat(session.sockets()).isEmpty();
    } finally {
      third.close().join();
    }
  }

  @Test
  void aCreatedSessionIsNewAndEmpty() {
    AGSession session = sessions.create();

    assertThat(session.id()).matches("[\\w-]{27}").isNotEqualTo(sessions.create().id());
    assertThat(session.hasKey("a").join()).isFalse();
    assertThat(session.sockets()).isEmpty();
    session.set("a", 1).join();
    assertThat(sessions.session(session.id()).hasKey("a").join()).isTrue();
  }

  @Test
  void aTokenThatIsNoSessionsChangesNothing() {
    String id = SessionIds.create();
    try (RawClient client = client(server, id)) {
      socketOf(server, client).setAuthToken(Map.of("username", "ann", "sessionId", "mine"));

      assertThat(sessions.of(socketOf(server, client)).id()).isEqualTo(id);
    }
  }

  @Test
  void aChangeLetsTheDataLiveForTheTimeout() {
    AGSession session = sessions.create();
    session.set("a", 1).join();

    assertThat(store.getExpiry(SessionIds.nameOf(session.id())).join())
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(30)), Instant.now().plus(OPTIONS.timeout()));
  }

  @Test
  void dataEndsWithTheTimeout() {
    SessionOptions brief = SessionOptions.builder().timeout(Duration.ofSeconds(1)).build();
    AGServer third = create();
    try (AGSessions brieflyKept = attached(brief, third)) {
      AGSession session = brieflyKept.session(SessionIds.create());
      session.set("a", 1).join();

      await().until(() -> !session.hasKey("a").join());
    } finally {
      third.close().join();
    }
  }

  @Test
  void aSocketThatLeavesBeginsTheTimeAnew() {
    String id = SessionIds.create();
    String name = SessionIds.nameOf(id);
    try (RawClient client = client(server, id)) {
      AGServerSocket socket = socketOf(server, client);
      sessions.of(socket).set("a", 1).join();
      store.expire(name, Duration.ofMinutes(5)).join();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(store.getExpiry(name).join())
                    .isAfter(Instant.now().plus(Duration.ofMinutes(30))));
    assertThat(sessions.session(id).sockets()).isEmpty();
  }

  @Test
  void noClientCanUseTheChannelOfASession() {
    String id = SessionIds.create();
    String channel = "#cluster/" + SessionIds.nameOf(id);
    try (RawClient client = client(server, id)) {
      assertThat(client.call("#subscribe", Map.of("channel", channel)).path("error").isObject())
          .isTrue();
      assertThat(
              client
                  .call("#publish", Map.of("channel", channel, "data", Map.of("event", "x")))
                  .path("error")
                  .isObject())
          .isTrue();
    }
  }

  @Test
  void messagesOfOtherFormsAreIgnored() {
    String id = SessionIds.create();
    String channel = "#cluster/" + SessionIds.nameOf(id);
    try (RawClient client = client(server, id)) {
      await().until(() -> broker.isSubscribed(channel));
      for (Object odd : List.of(1, "x", Map.of(), Map.of("event", 5), Map.of("event", ""))) {
        broker.invokePublish(channel, Payload.of(odd)).join();
      }
      broker.invokePublish(channel, null).join();
      otherSessions.session(id).emit("last", 1).join();

      assertThat(event(client, "last")).isEqualTo("1");
    }
  }

  @Test
  void whatIsKeptAndToldDoesNotHaveTheId() {
    String id = SessionIds.create();
    sessions.session(id).set("a", 1).join();

    assertThat(store.getAll().join().toString()).doesNotContain(id);
    assertThat(sessions.session(id).toString()).doesNotContain(id);
    assertThat(SessionIds.nameOf(id)).doesNotContain(id);
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatThrownBy(() -> sessions.session("short")).isInstanceOf(InvalidArgumentsError.class);
    assertThatThrownBy(() -> sessions.attach(otherServer)).isInstanceOf(InvalidActionError.class);
    assertThatThrownBy(() -> AGSessions.create(store, OPTIONS).session(SessionIds.create()))
        .isInstanceOf(InvalidActionError.class);
    Object[] circle = new Object[1];
    circle[0] = circle;
    assertThat(sessions.session(SessionIds.create()).emit("a", circle).exceptionNow())
        .isInstanceOf(InvalidArgumentsError.class);
  }

  @Test
  void aSessionWithoutSocketsIsNotSubscribed() {
    String id = SessionIds.create();
    String channel = "#cluster/" + SessionIds.nameOf(id);
    try (RawClient client = client(server, id)) {
      await().until(() -> broker.isSubscribed(channel));
      assertThat(client.hasEnded()).isFalse();
    }
    await().until(() -> !broker.isSubscribed(channel));
  }
}
