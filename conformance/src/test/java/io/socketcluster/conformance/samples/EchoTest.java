// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.server.AGServer;
import io.socketcluster.test.SocketClusterTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The test that docs/testing.md begins with. */
@SocketClusterTest
class EchoTest {
  @BeforeEach
  void serve(AGServer agServer) {
    agServer.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
  }

  @Test
  void aCallIsAnswered(AGClientSocket socket) throws Exception {
    assertThat(socket.call("echo", "hello").stringValue()).isEqualTo("hello");
  }

  @Test
  void aPublishReachesASubscriber(AGServer agServer, AGClientSocket socket) throws Exception {
    AGChannel<JsonNode> room = socket.subscribe("room");
    await().until(room::isSubscribed);
    CompletableFuture<JsonNode> next = new CompletableFuture<>();
    room.consume(next::complete);

    agServer.exchange().invokePublish("room", "news").join();

    assertThat(next.get(60, TimeUnit.SECONDS).stringValue()).isEqualTo("news");
  }
}
