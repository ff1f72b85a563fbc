// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.core.EventName;
import io.socketcluster.testkit.RawClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Leaving channels, also of a broker that takes its time. */
class UnsubscribingTest {
  private final CompletableFuture<Void> unsubscribed = new CompletableFuture<>();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  @AfterEach
  void letTheBrokerFinish() {
    unsubscribed.complete(null);
  }

  /** The embedded broker, but for its answer to an unsubscribe. */
  private AGBrokerEngine slowBroker() {
    AGSimpleBroker broker = new AGSimpleBroker();
    return (AGBrokerEngine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AGBrokerEngine.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(broker, arguments);
                return method.getName().equals("unsubscribe") ? unsubscribed : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void record(AGServerSocket socket, EventName<?> name) {
    socket.listener(name).consume(event -> events.add(name.name()), Runnable::run);
  }

  @Test
  void aDisconnectAndACloseAreToldBeforeTheUnsubscribes() {
    try (TestServer test = TestServer.start(options -> options.brokerEngine(slowBroker()))) {
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", "foo"));
      AGServerSocket socket = test.socketOf(client);
      List.of(AGServerSocket.UNSUBSCRIBE, AGServerSocket.DISCONNECT, AGServerSocket.CLOSE)
          .forEach(name -> record(socket, name));

      client.close();
      await().until(() -> events.size() >= 2);
      unsubscribed.complete(null);

      await()
          .untilAsserted(
              () -> assertThat(events).containsExactly("disconnect", "close", "unsubscribe"));
    }
  }

  @Test
  void aSocketWithManyChannelsLeavesAllOfThemBeforeItsEnd() {
    int count = 500;
    try (TestServer test = TestServer.start(options -> options)) {
      RawClient client = test.open();
      for (int i = 0; i < count; i++) {
        client.call("#subscribe", Map.of("channel", "channel " + i));
      }
      AGServerSocket socket = test.socketOf(client);
      record(socket, AGServerSocket.UNSUBSCRIBE);
      record(socket, AGServerSocket.END);
      client.close();

      await().until(() -> events.contains("end"));
      assertThat(events).hasSize(count + 1).endsWith("unsubscribe", "end");
      assertThat(socket.subscriptions()).isEmpty();
    }
  }

  @Test
  void whoHasJustUnsubscribedReceivesNothingMoreWhateverTheBrokerTakes() {
    try (TestServer test = TestServer.start(options -> options.brokerEngine(slowBroker()))) {
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", "foo"));
      AGServerSocket socket = test.socketOf(client);
      socket
          .listener(AGServerSocket.UNSUBSCRIBE)
          .consume(
              event -> {
                test.server().exchange().invokePublish("foo", "hello").join();
                events.add("published");
              });
      int cid = client.invoke("#unsubscribe", "foo");

      await().until(() -> events.contains("published"));
      unsubscribed.complete(null);
      assertThat(client.nextJson().path("rid").asInt()).isEqualTo(cid);
      client.call("#subscribe", Map.of("channel", "other"));
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void unsubscribingWithoutASubscriptionIsAnErrorForBothEnds() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      test.socketOf(client)
          .listener(AGServerSocket.ERROR)
          .consume(event -> events.add(event.error().toString()));

      JsonNode answer = client.call("#unsubscribe", "bar");

      assertThat(answer.path("error").path("name").asString()).isEqualTo("BrokerError");
      await().until(() -> events.size() == 1);
      assertThat(events).allMatch(error -> error.startsWith("BrokerError"));
    }
  }
}
