// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.testkit.RawClient;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to all servers of a cluster: here two servers on one engine. */
class ClusterTest {
  private static final String COMMON = AGBrokerEngine.SERVERS_CHANNEL;

  private static ClusterAnswer get(CompletableFuture<ClusterAnswer> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static TestServer on(AGBrokerEngine engine) {
    return TestServer.start(options -> options.brokerEngine(engine));
  }

  /** Both servers know each other when each has had an answer of two. */
  private static void awaitEachOther(TestServer... servers) {
    for (TestServer each : servers) {
      await().until(() -> get(each.server().cluster().clientsCount()).servers() == servers.length);
    }
  }

  private static RawClient loggedIn(TestServer test, Map<String, Object> token) {
    RawClient client = test.open();
    test.socketOf(client).setAuthToken(token).join();
    assertThat(client.nextJson().path("event").stringValue()).isEqualTo("#setAuthToken");
    return client;
  }

  private static void subscribe(RawClient client, String channel) {
    assertThat(client.call("#subscribe", Map.of("channel", channel)).has("error")).isFalse();
  }

  @Test
  void aServerAloneIsAClusterOfOne() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      test.socketOf(client);
      subscribe(client, "news");

      ClusterAnswer clients = get(test.server().cluster().clientsCount());
      assertThat(clients.count()).isEqualTo(1);
      assertThat(clients.servers()).isEqualTo(1);
      assertThat(clients.isComplete()).isTrue();
      assertThat(clients.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
      assertThat(get(test.server().cluster().subscribersCount("news")).count()).isEqualTo(1);
      assertThat(get(test.server().cluster().subscribersCount("other")).count()).isZero();
      assertThat(test.server().brokerEngine().isSubscribed(COMMON)).isFalse();
    }
  }

  @Test
  void countsAreThoseOfAllServers() {
    AGSimpleBroker engine = new AGSimpleBroker();
    try (TestServer here = on(engine);
        TestServer there = on(engine)) {
      subscribe(here.open(), "news");
      subscribe(there.open(), "news");
      there.open();
      awaitEachOther(here, there);

      ClusterAnswer clients = get(here.server().cluster().clientsCount());
      assertThat(clients.count()).isEqualTo(3);
      assertThat(clients.missing()).isZero();
      assertThat(get(there.server().cluster().subscribersCount("news")).count()).isEqualTo(2);
    }
  }

  @Test
  void aUserIsKickedOutOfAChannelOnAllServers() {
    AGSimpleBroker engine = new AGSimpleBroker();
    try (TestServer here = on(engine);
        TestServer there = on(engine)) {
      RawClient alice = loggedIn(there, Map.of("username", "alice"));
      RawClient bob = loggedIn(there, Map.of("username", "bob"));
      List.of(alice, bob).forEach(each -> subscribe(each, "news"));
      awaitEachOther(here, there);

      ClusterAnswer kicked =
          get(
              here.server()
                  .cluster()
                  .socketsWithClaim("username", "alice")
                  .kickOut("news", "Go away"));

      assertThat(kicked.count()).isEqualTo(1);
      assertThat(alice.nextJson().path("data"))
          .hasToString("{\"channel\":\"news\",\"message\":\"Go away\"}");
      assertThat(there.socketOf(alice).isSubscribed("news")).isFalse();
      assertThat(there.socketOf(bob).isSubscribed("news")).isTrue();
      get(here.server().cluster().socket(bob.id()).kickOut(null));
      assertThat(there.socketOf(bob).subscriptions()).isEmpty();
    }
  }

  @Test
  void aUserIsDeauthenticatedAndDisconnectedOnAllServers() {
    AGSimpleBroker engine = new AGSimpleBroker();
    try (TestServer here = on(engine);
        TestServer there = on(engine)) {
      RawClient first = loggedIn(here, Map.of("userId", 7));
      RawClient second = loggedIn(there, Map.of("userId", 7));
      RawClient other = loggedIn(there, Map.of("userId", "7"));
      awaitEachOther(here, there);
      ClusterSockets user = here.server().cluster().socketsWithClaim("userId", 7);

      assertThat(get(user.count()).count()).isEqualTo(2);
      AGServerSocket socket = there.socketOf(second);
      assertThat(get(user.deauthenticate()).count()).isEqualTo(2);
      assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
      assertThat(get(user.count()).count()).isZero();

      assertThat(get(there.server().cluster().socket(first.id()).disconnect(4501, "Bye")).count())
          .isEqualTo(1);
      assertThat(first.nextJson().path("event").stringValue()).isEqualTo("#removeAuthToken");
      assertThat(first.awaitClose().code()).isEqualTo(4501);
      assertThat(there.socketOf(other).authState()).isEqualTo(AuthState.AUTHENTICATED);
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedWhereItIsAsked() {
    try (TestServer test = TestServer.start()) {
      AGCluster cluster = test.server().cluster();

      assertThatThrownBy(() -> cluster.socketsWithClaim("roles", List.of("admin")))
          .isInstanceOf(InvalidArgumentsError.class);
      assertThatThrownBy(() -> cluster.socket("an id").disconnect(1006, null))
          .isInstanceOf(InvalidArgumentsError.class);
      assertThat(get(cluster.socket("an id").disconnect(4100, null)).count()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"#cluster", "#cluster/anything"})
  void noClientUsesTheChannelsOfTheServers(String channel) {
    AGSimpleBroker engine = new AGSimpleBroker();
    try (TestServer test = on(engine)) {
      RawClient client = test.open();
      Map<String, Object> order =
          Map.of("from", "x", "type", "question", "number", 1, "action", "disconnect");

      assertThat(client.call("#subscribe", Map.of("channel", channel)).path("error").path("name"))
          .hasToString("\"InvalidActionError\"");
      assertThat(
              client
                  .call("#publish", Map.of("channel", channel, "data", order))
                  .path("error")
                  .path("name"))
          .hasToString("\"InvalidActionError\"");
      subscribe(client, "#clusters");
      assertThat(test.server().cluster().ignoredMessages()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "1",
        "{}",
        "{\"from\":7,\"type\":\"here\"}",
        "{\"from\":\"x\",\"type\":\"unknown\"}",
        "{\"from\":\"x\",\"type\":\"answer\",\"number\":1,\"count\":-1}",
        "{\"from\":\"x\",\"type\":\"question\",\"number\":1,\"action\":\"disconnect\",\"code\":1000}",
        "{\"from\":\"x\",\"type\":\"question\",\"number\":1,\"action\":\"disconnect\",\"code\":999,"
            + "\"claim\":\"a\",\"value\":1}",
        "{\"from\":\"x\",\"type\":\"question\",\"number\":1,\"action\":\"shutdown\",\"claim\":\"a\","
            + "\"value\":1}",
        "{\"from\":\"x\",\"type\":\"question\",\"number\":1,\"action\":\"count\",\"claim\":\"a\","
            + "\"value\":{}}"
      })
  void aMessageThatIsNoneIsIgnoredAndCounted(String json) {
    AGSimpleBroker engine = new AGSimpleBroker();
    try (TestServer test = on(engine)) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      byte[] bytes = json.getBytes(UTF_8);

      engine.transmitPublish(COMMON, Payload.ofJson(bytes, 0, bytes.length));
      engine.transmitPublish(COMMON, null);

      assertThat(test.server().cluster().ignoredMessages()).isEqualTo(2);
      assertThat(test.server().clients()).containsValue(socket);
      assertThat(get(test.server().cluster().clientsCount()).servers()).isEqualTo(1);
    }
  }

  @Test
  void aCallAnswersWithWhatIsKnownWhenAServerIsSilent() {
    AGSimpleBroker engine = new AGSimpleBroker();
    try (TestServer test = on(engine)) {
      test.socketOf(test.open());
      engine.transmitPublish(COMMON, Payload.of(Map.of("from", "silent", "type", "here")));
      await()
          .untilAsserted(
              () -> assertThat(get(test.server().cluster().clientsCount()).missing()).isEqualTo(1));

      ClusterAnswer answer = get(test.server().cluster().clientsCount());

      assertThat(answer.count()).isEqualTo(1);
      assertThat(answer.servers()).isEqualTo(1);
      assertThat(answer.isComplete()).isFalse();
    }
  }

  @Test
  void aServerThatHasLeftIsNotMissed() {
    AGSimpleBroker engine = new AGSimpleBroker();
    try (TestServer here = on(engine)) {
      try (TestServer there = on(engine)) {
        awaitEachOther(here, there);
      }

      await()
          .untilAsserted(
              () -> {
                ClusterAnswer answer = get(here.server().cluster().clientsCount());
                assertThat(answer.servers()).isEqualTo(1);
                assertThat(answer.missing()).isZero();
              });
      assertThat(engine.subscriptions()).hasSize(2).allMatch(AGBrokerEngine::isOfServers);
    }
    assertThat(engine.subscriptions()).isEmpty();
  }

  /** The embedded broker, but for publishes that fail. */
  private static AGBrokerEngine awayWhen(AtomicBoolean away) {
    AGSimpleBroker embedded = new AGSimpleBroker();
    return (AGBrokerEngine)
        Proxy.newProxyInstance(
            AGBrokerEngine.class.getClassLoader(),
            new Class<?>[] {AGBrokerEngine.class},
            (proxy, method, arguments) ->
                method.getName().equals("invokePublish") && away.get()
                    ? CompletableFuture.failedFuture(new BrokerError("away"))
                    : method.invoke(embedded, arguments));
  }

  @Test
  void aBrokerThatTakesNothingLeavesThisServersOwnAnswer() {
    AtomicBoolean away = new AtomicBoolean();
    AGBrokerEngine engine = awayWhen(away);
    try (TestServer test = on(engine)) {
      test.socketOf(test.open());
      away.set(true);

      ClusterAnswer answer = get(test.server().cluster().clientsCount());

      assertThat(answer.count()).isEqualTo(1);
      assertThat(answer.missing()).isEqualTo(1);
    }
  }
}
