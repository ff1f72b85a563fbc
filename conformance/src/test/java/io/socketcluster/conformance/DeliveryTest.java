// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What docs/delivery.md says of messages that are lost, and of calls whose answer is. */
@Timeout(120)
class DeliveryTest {
  private final AGServer server = SocketCluster.listen(0);
  private final AGClientSocket socket =
      SocketClusterClient.create(AGClientOptions.builder().port(server.port()).build());

  @AfterEach
  void close() {
    socket.disconnect();
    server.close().join();
  }

  @Test
  void whatIsPublishedWhileASubscriberIsAwayIsNotDeliveredLater() {
    AGChannel<JsonNode> room = socket.subscribe("room");
    List<String> received = new CopyOnWriteArrayList<>();
    room.consume(message -> received.add(message.stringValue()));
    awaitSubscribed(room);
    server.exchange().invokePublish("room", "before").join();
    await().until(() -> received.contains("before"));

    socket.disconnect();
    await().until(() -> server.clientsCount() == 0);
    server.exchange().invokePublish("room", "meanwhile").join();
    socket.connect();
    awaitSubscribed(room);
    server.exchange().invokePublish("room", "after").join();

    await().until(() -> received.contains("after"));
    assertThat(received).containsExactly("before", "after");
  }

  private static void awaitSubscribed(AGChannel<JsonNode> room) {
    await().until(room::isSubscribed);
  }

  @Test
  void aCallWhoseAnswerIsLostWasExecutedOnceAndFails() {
    AtomicInteger executed = new AtomicInteger();
    server.onConnection(socket -> loseTheAnswers(socket, executed));

    CompletableFuture<JsonNode> call = socket.invoke("order", "tea");

    assertThat(call)
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableThat()
        .withCauseInstanceOf(BadConnectionError.class);
    socket.connect();
    await().until(() -> socket.state() == SocketState.OPEN);
    assertThat(executed).hasValue(1);
  }

  private static void loseTheAnswers(AGServerSocket socket, AtomicInteger executed) {
    socket
        .procedure("order")
        .consume(
            request -> {
              executed.incrementAndGet();
              socket.terminate();
            });
  }
}
