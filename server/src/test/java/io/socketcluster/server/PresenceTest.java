// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.stream.Consumption;
import io.socketcluster.testkit.RawClient;
import java.lang.reflect.Proxy;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subscribers of {@code #presence/CHANNEL} learn who is in the channel, on all servers. */
class PresenceTest {
  private static final String ROOM = "room/1";
  private static final String PRESENCE = "#presence/room/1";

  private final AGBrokerEngine engine = new AGSimpleBroker();

  private TestServer start() {
    return start(engine);
  }

  private static TestServer start(AGBrokerEngine engine) {
    ChannelPolicy policy = ChannelPolicy.builder().presenceClaim("username").build();
    return TestServer.start(
        options -> options.brokerEngine(engine),
        server -> server.channels().policy("room/*", policy));
  }

  private static RawClient guest(TestServer test) {
    RawClient client = test.open();
    subscribe(client, ROOM);
    return client;
  }

  private static RawClient user(TestServer test, String name) {
    RawClient client = test.open();
    test.socketOf(client).setAuthToken(Map.of("username", name)).join();
    assertThat(client.nextJson().path("event").stringValue()).isEqualTo("#setAuthToken");
    subscribe(client, ROOM);
    return client;
  }

  private static void subscribe(RawClient client, String channel) {
    JsonNode answer = client.call("#subscribe", Map.of("channel", channel));
    assertThat(answer.has("error")).as("%s", answer).isFalse();
  }

  /** What a client makes of what it is told. */
  private static final class Watcher {
    private final RawClient client;
    private final TreeSet<String> users = new TreeSet<>();
    private long sockets;

    Watcher(RawClient client) {
      this.client = client;
      subscribe(client, PRESENCE);
    }

    void awaitUsers(String... expected) {
      while (!users.equals(new TreeSet<>(List.of(expected)))) {
        take(client.nextJson().path("data").path("data"));
      }
    }

    void awaitSockets(long expected) {
      while (sockets != expected) {
        take(client.nextJson().path("data").path("data"));
      }
    }

    private void take(JsonNode told) {
      sockets = told.path("sockets").longValue(-1);
      told.path("users").forEach(each -> users.add(each.stringValue()));
      told.path("joined").forEach(each -> users.add(each.stringValue()));
      told.path("left").forEach(each -> users.remove(each.stringValue()));
    }
  }

  /** An engine that is in the way of what servers tell each other of presence. */
  private AGBrokerEngine disturbed(Consumer<Payload> disturbance) {
    return (AGBrokerEngine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AGBrokerEngine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("transmitPublish")
                  && arguments[0].equals(engine.serversChannel() + "/presence")) {
                disturbance.accept((Payload) arguments[1]);
              }
              return method.invoke(engine, arguments);
            });
  }

  @Test
  void anEngineThatThrowsEndsNeitherThePresenceNorTheClose() {
    AtomicBoolean throwing = new AtomicBoolean();
    AGBrokerEngine disturbed =
        disturbed(
            told -> {
              if (throwing.get()) {
                throw new IllegalStateException("engine");
              }
            });
    try (TestServer test = start(disturbed)) {
      Watcher watcher = new Watcher(user(test, "ann"));
      watcher.awaitUsers("ann");
      Consumption warnings =
          test.server().listener(AGServer.WARNING).consume(each -> throwing.set(false));
      throwing.set(true);
      user(test, "bob");
      await().untilFalse(throwing);
      user(test, "carl");
      watcher.awaitUsers("ann", "bob", "carl");
      warnings.close();
      throwing.set(true);
      test.server().close().join();
      test.server().close().join();
    }
  }

  @Test
  void nothingIsToldBehindTheFarewell() throws InterruptedException {
    CompletableFuture<Void> release = new CompletableFuture<>();
    AtomicBoolean isBlocked = new AtomicBoolean();
    Deque<Long> told = new ConcurrentLinkedDeque<>();
    AGBrokerEngine disturbed =
        disturbed(
            share -> {
              long sockets = share.node().path("sockets").longValue();
              if (sockets > 0) {
                isBlocked.set(true);
                release.join();
              }
              told.add(sockets);
            });
    try (TestServer test = start(disturbed)) {
      guest(test);
      await().untilTrue(isBlocked);
      Thread closing = new Thread(() -> test.server().close());
      closing.start();
      await().until(() -> told.contains(-1L) || closing.getState() == Thread.State.WAITING);
      release.complete(null);
      closing.join();
      await().until(() -> told.containsAll(List.of(-1L, 1L)));
      assertThat(told.getLast()).isEqualTo(-1);
    }
  }

  @Test
  void whoComesAndLeavesIsToldOnAllServers() {
    try (TestServer here = start();
        TestServer there = start()) {
      Watcher watcher = new Watcher(user(here, "ann"));
      watcher.awaitUsers("ann");
      RawClient bob = user(there, "bob");
      watcher.awaitUsers("ann", "bob");
      RawClient secondOfBob = user(here, "bob");
      guest(there);
      watcher.awaitSockets(4);
      bob.close();
      watcher.awaitSockets(3);
      assertThat(watcher.users).containsExactly("ann", "bob");
      secondOfBob.close();
      watcher.awaitUsers("ann");
      await().until(() -> there.server().channels().presence(ROOM).sockets() == 2);
      assertThat(there.server().channels().presence(ROOM).users()).containsExactly("ann");
    }
  }

  @Test
  void aServerThatClosesTakesItsUsersAlong() {
    try (TestServer here = start()) {
      Watcher watcher = new Watcher(user(here, "ann"));
      try (TestServer there = start()) {
        user(there, "bob");
        watcher.awaitUsers("ann", "bob");
      }
      watcher.awaitUsers("ann");
      watcher.awaitSockets(1);
    }
  }

  @Test
  void aUserWhoLogsInWhileSubscribedIsToldOf() {
    try (TestServer test = start()) {
      RawClient guest = guest(test);
      Watcher watcher = new Watcher(user(test, "ann"));
      watcher.awaitSockets(2);
      test.socketOf(guest).setAuthToken(Map.of("username", "carl")).join();
      watcher.awaitUsers("ann", "carl");
    }
  }

  @Test
  void onlySubscribersOfAChannelLearnWhoIsThere() {
    try (TestServer test = start()) {
      RawClient outside = test.open();
      JsonNode refused = outside.call("#subscribe", Map.of("channel", PRESENCE));
      assertThat(refused.path("error").path("message").stringValue(""))
          .contains("without being subscribed to the channel itself");
      JsonNode forged =
          outside.call("#publish", Map.of("channel", PRESENCE, "data", Map.of("sockets", 9)));
      assertThat(forged.has("error")).isTrue();

      RawClient inside = guest(test);
      subscribe(inside, PRESENCE);
      assertThat(inside.nextJson().path("data").path("data").has("users")).isTrue();
      inside.invoke("#unsubscribe", ROOM);
      String next = inside.next();
      while (!next.contains("#kickOut")) {
        next = inside.next();
      }
      assertThat(next).contains(PRESENCE);
    }
  }
}
