// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.RequestInterceptor.Interception;
import io.socketcluster.testkit.RawClient;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RequestInterceptorTest {
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  private static TestServer start(RequestInterceptor interceptor) {
    return TestServer.start(
        options -> options.requestInterceptor(interceptor),
        server ->
            server.onConnection(
                socket -> {
                  socket.procedure("echo").consume(r -> r.end(r.data()));
                  socket
                      .procedure("fail")
                      .consume(r -> r.error(new AGException("SoldOut", "No tea")));
                }));
  }

  private Interception recording() {
    return new Interception() {
      @Override
      public @Nullable Payload end(@Nullable Payload result) {
        seen.add("answered " + result);
        return result;
      }

      @Override
      public Payload error(Payload error) {
        seen.add("failed " + error.node().path("name").asString());
        return error;
      }
    };
  }

  @Test
  void anInterceptorObservesRequestsAndTheirAnswers() {
    RequestInterceptor interceptor =
        (socket, procedure, data) -> {
          seen.add(socket.id() + " " + procedure + " " + data);
          return recording();
        };
    try (TestServer test = start(interceptor)) {
      RawClient client = test.open();

      assertThat(client.call("echo", 5).path("data").asInt()).isEqualTo(5);
      assertThat(client.call("fail", 5).path("error").path("message").asString())
          .isEqualTo("No tea");
      assertThat(seen)
          .containsExactly(
              client.id() + " echo 5", "answered 5", client.id() + " fail 5", "failed SoldOut");
    }
  }

  @Test
  void anInterceptorCanReplaceTheDataAndTheAnswer() {
    Interception replacing =
        new Interception() {
          @Override
          public @Nullable Payload data(@Nullable Payload data) {
            return Payload.of("another");
          }

          @Override
          public Payload end(@Nullable Payload result) {
            return Payload.of(result + "!");
          }
        };
    try (TestServer test = start((socket, procedure, data) -> replacing)) {
      assertThat(test.open().call("echo", 5).path("data").asString()).isEqualTo("\"another\"!");
    }
  }

  @Test
  void anAnswerStaysAsItWasWhenItsInterceptionThrows() {
    Interception failing =
        new Interception() {
          @Override
          public @Nullable Payload end(@Nullable Payload result) {
            throw new IllegalStateException("of the interception");
          }
        };
    try (TestServer test = start((socket, procedure, data) -> failing)) {
      RawClient client = test.open();
      test.socketOf(client)
          .listener(AGServerSocket.ERROR)
          .consume(event -> seen.add(String.valueOf(event.error().getMessage())));

      assertThat(client.call("echo", 5).path("data").asInt()).isEqualTo(5);
      await().until(() -> seen.contains("of the interception"));
    }
  }

  @Test
  void ofAnInterceptorThatThrowsTheCallerLearnsThatTheCallFailed() {
    RequestInterceptor interceptor =
        (socket, procedure, data) -> {
          throw new IllegalStateException("a secret");
        };
    try (TestServer test = start(interceptor)) {
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
