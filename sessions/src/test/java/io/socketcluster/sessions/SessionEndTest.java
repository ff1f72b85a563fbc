// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.sessions.internal.SessionIds;
import io.socketcluster.store.Store;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The ends of sessions, subscriptions and sockets, over two servers. */
class SessionEndTest {
  private final AGBrokerEngine broker = new AGSimpleBroker();
  private final Store store = Store.embedded();
  private final Queue<SessionEnd> ends = new ConcurrentLinkedQueue<>();
  private final AGServer server = create();
  private final AGServer otherServer = create();
  private final AGSessions sessions = attached(server);
  private final AGSessions otherSessions = attached(otherServer);

  private AGServer create() {
    return SocketCluster.create(
        AGServerOptions.builder()
            .authKey("a-key-of-thirty-two-bytes-or-more!")
            .closeTimeout(Duration.ofMillis(200))
            .brokerEngine(broker)
            .build());
  }

  /** A second is the shortest timeout. */
  private AGSessions attached(AGServer listening) {
    SessionOptions brief = SessionOptions.builder().timeout(Duration.ofSeconds(1)).build();
    AGSessions attached = AGSessions.create(store, brief).attach(listening);
    attached.listener(AGSessions.SESSION_END).consume(ends::add);
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

  private static RawClient client(AGServer server, String id) {
    RawClient client = RawClient.tcp(server.port());
    String cookie = SessionOptions.DEFAULT.cookieName() + "=" + id;
    client.upgrade(server.getPath(), "Cookie: " + cookie + "\r\n");
    client.handshake(null);
    await().until(() -> server.clients().containsKey(client.id()));
    return client;
  }

  private static AGServerSocket socketOf(AGServer server, RawClient client) {
    return Objects.requireNonNull(server.clients().get(client.id()));
  }

  private void awaitMembers(String id) {
    await().until(() -> sessions.session(id).sockets().size() == 1);
    await().until(() -> otherSessions.session(id).sockets().size() == 1);
    String mark = "mark:" + SessionIds.nameOf(id);
    await().until(() -> store.hasKey(mark).join());
  }

  private static void awaitEvent(RawClient client, String event) {
    JsonNode message = client.nextJson();
    while (!message.path("event").stringValue("").equals(event)) {
      message = client.nextJson();
    }
  }

  @Test
  void anEndByTimeoutIsToldOnceWhenTheLastSocketOfAllServersHasLeft() {
    String id = SessionIds.create();
    try (RawClient first = client(server, id);
        RawClient second = client(otherServer, id)) {
      awaitMembers(id);
      sessions.session(id).set("a", 1).join();
      assertThat(List.of(first.hasEnded(), second.hasEnded())).containsOnly(false);
      assertThat(ends).isEmpty();
    }
    String last = SessionIds.create();
    await().until(() -> !ends.isEmpty());
    try (RawClient third = client(server, last);
        RawClient fourth = client(otherServer, last)) {
      awaitMembers(last);
      assertThat(List.of(third.hasEnded(), fourth.hasEnded())).containsOnly(false);
    }
    await().until(() -> ends.contains(new SessionEnd(last, true)));

    assertThat(ends).containsExactly(new SessionEnd(id, true), new SessionEnd(last, true));
    assertThat(sessions.session(id).hasKey("a").join()).isFalse();
    assertThat(ends.toString()).doesNotContain(id);
  }

  @Test
  void aSessionThatIsDestroyedEndsOnAllServersAndIsToldOnce() {
    String id = SessionIds.create();
    try (RawClient first = client(server, id);
        RawClient second = client(otherServer, id)) {
      awaitMembers(id);
      sessions.session(id).set("a", 1).join();

      otherSessions.session(id).destroy().join();
      sessions.session(id).destroy().join();

      assertThat(first.awaitClose().code()).isEqualTo(1000);
      assertThat(second.awaitClose().code()).isEqualTo(1000);
    }
    await().until(() -> !ends.isEmpty());
    await().until(() -> sessions.session(id).sockets().isEmpty());
    assertThat(ends).containsExactly(new SessionEnd(id, false));
    assertThat(store.keys().join()).isEmpty();
  }

  @Test
  void aKickOutReachesAllSocketsOfTheSessionAndNoOthers() {
    String id = SessionIds.create();
    try (RawClient first = client(server, id);
        RawClient second = client(otherServer, id);
        RawClient stranger = client(server, SessionIds.create())) {
      awaitMembers(id);
      for (RawClient each : List.of(first, second, stranger)) {
        each.call("#subscribe", Map.of("channel", "news"));
      }

      sessions.session(id).kickOut("news", "over").join();

      awaitEvent(first, "#kickOut");
      awaitEvent(second, "#kickOut");
      assertThat(socketOf(server, stranger).isSubscribed("news")).isTrue();
    }
  }

  @Test
  void allSocketsOfASessionAreDisconnectedWithACodeThatIsAllowed() {
    String id = SessionIds.create();
    try (RawClient first = client(server, id);
        RawClient second = client(otherServer, id)) {
      awaitMembers(id);
      assertThat(sessions.session(id).disconnect(1006, null).exceptionNow())
          .isInstanceOf(InvalidArgumentsError.class);

      sessions.session(id).disconnect(4321, "over").join();

      assertThat(first.awaitClose().code()).isEqualTo(4321);
      assertThat(second.awaitClose().code()).isEqualTo(4321);
    }
  }
}
