// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AGRequest;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls and events in both directions. */
class RpcTest {
  record Order(String item, int count) {}

  record Receipt(String text, double price) {}

  /** Starts a server whose sockets are set up while they connect. */
  private static TestServer start(Consumer<AGServerSocket> setUp) {
    return TestServer.start(
        options -> options, server -> server.onConnection(socket -> setUp.accept(socket)));
  }

  private static JsonNode errorOf(JsonNode answer) {
    assertThat(answer.has("data")).isFalse();
    return answer.path("error");
  }

  private static Throwable failureOf(CompletableFuture<?> future) {
    try {
      future.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      return e.getCause() == null ? e : e.getCause();
    }
    throw new AssertionError("It did not fail");
  }

  @Test
  void aTypedProcedureAnswersWithARecord() {
    try (TestServer test =
        start(
            socket ->
                socket
                    .procedure("order", Order.class)
                    .consume(
                        request ->
                            request.end(
                                new Receipt(
                                    request.data().item(), request.data().count() * 1.5))))) {
      RawClient client = test.open();

      int cid = client.invoke("order", new Order("tea", 2));

      assertThat(client.next())
          .isEqualTo("{\"rid\":" + cid + ",\"data\":{\"text\":\"tea\",\"price\":3.0}}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a string\"",
        "[1]",
        "null",
        "{\"item\":\"tea\",\"count\":\"many\"}",
        "{\"item\":\"tea\",\"count\":1e99}"
      })
  void badDataIsAnsweredAndTheNextRequestIsServed(String data) {
    try (TestServer test =
        start(
            socket ->
                socket
                    .procedure("order", Order.class)
                    .consume(request -> request.end(request.data().count())))) {
      RawClient client = test.open();
      client.send("{\"event\":\"order\",\"data\":" + data + ",\"cid\":50}");

      JsonNode answer = client.nextJson();

      assertThat(answer.path("rid").asInt()).isEqualTo(50);
      assertThat(errorOf(answer).path("name").asString()).isEqualTo("InvalidArgumentsError");
      assertThat(answer.toString()).doesNotContain("io.socketcluster", "jackson", "Exception");
      assertThat(client.call("order", new Order("tea", 3)).path("data").asInt()).isEqualTo(3);
    }
  }

  @Test
  void absentDataIsAnErrorForATypedProcedureAndMissingForAnUntypedOne() {
    try (TestServer test =
        start(
            socket -> {
              socket.procedure("typed", Order.class).consume(request -> request.end(1));
              socket
                  .procedure("untyped")
                  .consume(request -> request.end(request.data().isMissingNode()));
            })) {
      RawClient client = test.open();
      client.send("{\"event\":\"typed\",\"cid\":60}");
      client.send("{\"event\":\"untyped\",\"cid\":61}");

      List<JsonNode> answers = List.of(client.nextJson(), client.nextJson());

      assertThat(answers)
          .anySatisfy(
              answer ->
                  assertThat(answer.path("error").path("name").asString())
                      .isEqualTo("InvalidArgumentsError"))
          .anySatisfy(answer -> assertThat(answer.path("data").asBoolean(false)).isTrue());
    }
  }

  @Test
  void anErrorOfTheHandlerReachesTheClientWithItsProperties() {
    try (TestServer test =
        start(
            socket -> {
              socket
                  .procedure("throws")
                  .consume(
                      request -> {
                        throw new AGException("SoldOut", "No tea", Map.of("left", 0));
                      });
              socket
                  .procedure("answers")
                  .consume(
                      request ->
                          request.error(new AGException("SoldOut", "No tea", Map.of("left", 0))));
            })) {
      RawClient client = test.open();

      for (String procedure : List.of("throws", "answers", "throws")) {
        assertThat(errorOf(client.call(procedure, 1)))
            .hasToString("{\"message\":\"No tea\",\"name\":\"SoldOut\",\"left\":0}");
      }
    }
  }

  @Test
  void ofAnUnexpectedExceptionTheClientLearnsNothingAndTheServerAll() {
    Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            socket -> {
              socket.listener(AGServerSocket.ERROR).consume(event -> seen.add(event.error()));
              socket
                  .procedure("work")
                  .consume(
                      request -> {
                        throw new IllegalStateException("database password");
                      });
            })) {
      test.server().listener(AGServer.WARNING).consume(event -> seen.add(event.warning()));
      RawClient client = test.open();

      for (int i = 0; i < 2; i++) {
        JsonNode answer = client.call("work", 1);
        assertThat(answer.path("error").isObject()).isTrue();
        assertThat(answer.toString()).doesNotContain("password", "IllegalState", "java");
      }
      await().until(() -> seen.size() == 4);
      assertThat(seen).allMatch(e -> String.valueOf(e.getMessage()).contains("password"));
    }
  }

  @Test
  void aRequestIsAnsweredOnceAndLaterIfTheApplicationWants() {
    Queue<AGRequest<JsonNode>> requests = new ConcurrentLinkedQueue<>();
    try (TestServer test = start(socket -> socket.procedure("later").consume(requests::add))) {
      RawClient client = test.open();
      int first = client.invoke("later", 1);
      int second = client.invoke("later", 2);
      await().until(() -> requests.size() == 2);
      AGRequest<JsonNode> request = requests.remove();

      requests.remove().end();
      request.end("done");

      assertThat(client.next()).isEqualTo("{\"rid\":" + second + "}");
      assertThat(client.next()).isEqualTo("{\"rid\":" + first + ",\"data\":\"done\"}");
      assertThat(request.isSent()).isTrue();
      assertThatThrownBy(() -> request.end(2)).isInstanceOf(InvalidActionError.class);
      assertThatThrownBy(() -> request.error(new RuntimeException()))
          .isInstanceOf(InvalidActionError.class);
    }
  }

  @Test
  void theClientsAnswerCompletesTheServersInvoke() throws Exception {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      CompletableFuture<JsonNode> first = socket.invoke("sum", List.of(1, 2));
      CompletableFuture<JsonNode> second = socket.invoke("nothing", null);

      assertThat(client.next()).isEqualTo("{\"event\":\"sum\",\"data\":[1,2],\"cid\":1}");
      assertThat(client.next()).isEqualTo("{\"event\":\"nothing\",\"cid\":2}");
      client.send("{\"rid\":99,\"data\":\"of no call\"}");
      client.send("{\"rid\":2}");
      client.send("{\"rid\":1,\"data\":{\"sum\":3}}");
      client.send("{\"rid\":1,\"data\":\"again\"}");

      assertThat(first.get(60, TimeUnit.SECONDS).path("sum").asInt()).isEqualTo(3);
      assertThat(second.get(60, TimeUnit.SECONDS).isMissingNode()).isTrue();
      assertThat(socket.state()).isEqualTo(SocketState.OPEN);
    }
  }

  @Test
  void theClientsErrorIsOfItsNameWithItsProperties() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      CompletableFuture<JsonNode> custom = socket.invoke("a", 1);
      CompletableFuture<JsonNode> known = socket.invoke("b", 1);
      CompletableFuture<JsonNode> text = socket.invoke("c", 1);
      await().until(() -> client.nextJson().path("event").asString().equals("c"));
      client.send(
          "{\"rid\":1,\"error\":{\"name\":\"SoldOut\",\"message\":\"No tea\","
              + "\"left\":0,\"tags\":[\"x\"]}}");
      client.send(
          "[{\"rid\":2,\"error\":{\"name\":\"ResourceLimitError\",\"message\":\"Full\"}},"
              + "{\"rid\":3,\"error\":\"just text\"}]");

      assertThat(failureOf(custom))
          .isInstanceOfSatisfying(
              AGException.class,
              error -> {
                assertThat(error.name()).isEqualTo("SoldOut");
                assertThat(error).hasMessage("No tea");
                assertThat(error.properties()).containsOnlyKeys("left", "tags");
                assertThat(String.valueOf(error.properties().get("left"))).isEqualTo("0");
              });
      assertThat(failureOf(known)).isInstanceOf(ResourceLimitError.class).hasMessage("Full");
      assertThat(failureOf(text)).hasMessageContaining("just text");
    }
  }

  @Test
  void withoutAnAnswerInTimeTheInvokeFailsAndALateAnswerIsIgnored() {
    try (TestServer test =
        TestServer.start(options -> options.ackTimeout(Duration.ofMillis(100)))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);

      CompletableFuture<JsonNode> ofOption = socket.invoke("a", 1);
      CompletableFuture<JsonNode> ofCall = socket.invoke("b", 1, Duration.ofMillis(50));

      assertThat(failureOf(ofOption)).isInstanceOf(TimeoutError.class).hasMessageContaining("a");
      assertThat(failureOf(ofCall)).isInstanceOf(TimeoutError.class).hasMessageContaining("b");
      client.send("{\"rid\":1,\"data\":1}");
      CompletableFuture<JsonNode> next = socket.invoke("c", 1, Duration.ofSeconds(5));
      await().until(() -> client.nextJson().path("event").asString().equals("c"));
      client.send("{\"rid\":3,\"data\":\"on time\"}");
      assertThat(next.orTimeout(60, TimeUnit.SECONDS).join().asString()).isEqualTo("on time");
    }
  }

  @Test
  void aLostConnectionFailsTheInvokesThatWait() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      CompletableFuture<JsonNode> waiting = socket.invoke("a", 1);
      CompletableFuture<Boolean> failedFirst = new CompletableFuture<>();
      socket
          .listener(AGServerSocket.DISCONNECT)
          .consume(event -> failedFirst.complete(socket.state() == SocketState.CLOSED));
      client.next();
      client.close();

      assertThat(failureOf(waiting))
          .isInstanceOfSatisfying(
              BadConnectionError.class,
              error -> {
                assertThat(error.type()).isEqualTo("disconnect");
                assertThat(error.code()).isEqualTo(1006);
              });
      assertThat(failedFirst.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
      assertThat(failureOf(socket.invoke("b", 1))).isInstanceOf(BadConnectionError.class);
    }
  }

  @Test
  void theApplicationNeverGoesOnOnAnEventLoop() {
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        TestServer.start(options -> options.ackTimeout(Duration.ofMillis(200)))) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        CompletableFuture<JsonNode> call = socket.invoke("a", i);
        calls.add(call.whenComplete((answer, failure) -> threads.add(Thread.currentThread())));
      }
      IntStream.range(0, 3).forEach(i -> client.next()); // the calls have arrived
      client.send("[{\"rid\":1,\"data\":1},{\"rid\":2,\"error\":\"no\"}]"); // the third times out

      await().until(() -> threads.size() == 3);
      CompletableFuture<JsonNode> lost = socket.invoke("a", 4, Duration.ofSeconds(5));
      calls.add(lost.whenComplete((answer, failure) -> threads.add(Thread.currentThread())));
      client.close();

      await().until(() -> threads.size() == 4);
      assertThat(threads).allMatch(Thread::isVirtual);
      assertThat(calls).allMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void aHandlerMayBlockOnItsOwnCallOfTheSameClient() {
    try (TestServer test =
        start(
            socket ->
                socket
                    .procedure("ask back")
                    .consume(request -> request.end(socket.invoke("name", null).join())))) {
      RawClient client = test.open();
      int cid = client.invoke("ask back", null);

      assertThat(client.next()).isEqualTo("{\"event\":\"name\",\"cid\":1}");
      client.send("{\"rid\":1,\"data\":\"Bob\"}");

      assertThat(client.next()).isEqualTo("{\"rid\":" + cid + ",\"data\":\"Bob\"}");
    }
  }

  @Test
  void eventsWithoutAnAnswerGoBothWays() {
    Queue<Order> orders = new ConcurrentLinkedQueue<>();
    Queue<JsonNode> untyped = new ConcurrentLinkedQueue<>();
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    try (TestServer test =
        start(
            socket -> {
              socket.receiver("order", Order.class).consume(orders::add);
              socket.receiver("any").consume(untyped::add);
              socket.listener(AGServerSocket.ERROR).consume(event -> errors.add(event.error()));
              socket.transmit("welcome", Map.of("a", 1));
              socket.transmit("bare", null);
            })) {
      RawClient client = test.open();
      client.transmit("order", "no order");
      client.transmit("order", new Order("tea", 1));
      client.send("{\"event\":\"any\"}");
      client.transmit("nobody", 1);

      assertThat(client.next()).isEqualTo("{\"event\":\"welcome\",\"data\":{\"a\":1}}");
      assertThat(client.next()).isEqualTo("{\"event\":\"bare\"}");
      await().until(() -> orders.size() == 1 && untyped.size() == 1 && errors.size() == 1);
      assertThat(orders).containsExactly(new Order("tea", 1));
      assertThat(untyped).allMatch(JsonNode::isMissingNode);
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void whatOneThreadSendsArrivesInItsOrder() throws Exception {
    int each = 500;
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      List<Thread> senders =
          IntStream.range(0, 3)
              .mapToObj(
                  sender ->
                      Thread.startVirtualThread(
                          () -> {
                            for (int i = 0; i < each; i++) {
                              if (i % 50 == 49) {
                                socket.invoke("n", new int[] {sender, i}).isDone();
                              } else {
                                socket.transmit("n", new int[] {sender, i});
                              }
                            }
                          }))
              .toList();
      int[] next = new int[senders.size()];

      for (int i = 0; i < each * senders.size(); i++) {
        JsonNode data = client.nextJson().path("data");
        int sender = data.path(0).asInt();
        assertThat(data.path(1).asInt()).isEqualTo(next[sender]++);
      }
      for (Thread sender : senders) {
        sender.join();
      }
    }
  }

  @Test
  void sendingOnAClosedSocketShowsAsItsError() {
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.listener(AGServerSocket.ERROR).consume(event -> errors.add(event.error()));
      socket.disconnect();
      client.awaitClose();
      await().until(() -> socket.state() == SocketState.CLOSED);

      socket.transmit("late", 1);
      assertThatThrownBy(() -> socket.invoke("late", 2).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(BadConnectionError.class);

      await().until(() -> errors.size() == 2);
      assertThat(errors)
          .allSatisfy(
              error ->
                  assertThat(error)
                      .isInstanceOf(BadConnectionError.class)
                      .hasMessageContaining("late"));
    }
  }
}
