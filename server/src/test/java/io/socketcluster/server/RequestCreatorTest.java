// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.InboundCall;
import io.socketcluster.protocol.Payload;
import io.socketcluster.testkit.RawClient;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RequestCreatorTest {
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  private static void echo(AGServer server) {
    server.onConnection(socket -> socket.procedure("echo").consume(r -> r.end(r.data())));
  }

  @Test
  void aCreatorObservesRequestsAndTheirAnswers() {
    RequestCreator creator =
        (socket, procedure, id, data, responder) -> {
          seen.add(socket.id() + " " + procedure + " " + id + " " + data);
          return new InboundCall(
              procedure,
              id,
              data,
              response -> {
                seen.add("answered " + response.data());
                responder.accept(response);
              });
        };
    try (TestServer test =
        TestServer.start(options -> options.requestCreator(creator), RequestCreatorTest::echo)) {
      RawClient client = test.open();

      assertThat(client.call("echo", 5).path("data").asInt()).isEqualTo(5);
      assertThat(seen).containsExactly(client.id() + " echo 2 5", "answered 5");
    }
  }

  @Test
  void aCreatorCanReplaceTheData() {
    RequestCreator creator =
        (socket, procedure, id, data, responder) ->
            new InboundCall(procedure, id, Payload.of("another"), responder);
    try (TestServer test =
        TestServer.start(options -> options.requestCreator(creator), RequestCreatorTest::echo)) {
      assertThat(test.open().call("echo", 5).path("data").asString()).isEqualTo("another");
    }
  }

  @Test
  void ofACreatorThatThrowsTheCallerLearnsThatTheCallFailed() {
    RequestCreator creator =
        (socket, procedure, id, data, responder) -> {
          throw new IllegalStateException("a secret");
        };
    try (TestServer test =
        TestServer.start(options -> options.requestCreator(creator), RequestCreatorTest::echo)) {
      test.server()
          .listener(AGServer.WARNING)
          .consume(event -> seen.add(String.valueOf(event.warning().getMessage())));
      RawClient client = test.open();

      JsonNode answer = client.call("echo", 5);

      assertThat(answer.has("error")).isTrue();
      assertThat(answer.toString()).doesNotContain("secret");
      await().until(() -> seen.contains("a secret"));
      assertThat(client.isClosed()).isFalse();
    }
  }
}
