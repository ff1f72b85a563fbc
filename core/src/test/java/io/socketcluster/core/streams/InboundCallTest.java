// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

class InboundCallTest {
  private final Queue<ResponsePacket> answers = new ConcurrentLinkedQueue<>();

  record Login(String username) {}

  private InboundCall call(@Nullable Object data) {
    return new InboundCall("login", 7, data == null ? null : Payload.of(data), answers::add);
  }

  private static <T> AGRequest<T> bound(InboundCall call, Class<T> type) {
    return Objects.requireNonNull(call.bind(DataMapper.STANDARD.binding(type)), "not bound");
  }

  private ResponsePacket onlyAnswer() {
    assertThat(answers).hasSize(1);
    return answers.element();
  }

  @Test
  void aRequestShowsWhatWasInvoked() {
    AGRequest<Login> request = bound(call(Map.of("username", "bob")), Login.class);

    assertThat(request.procedure()).isEqualTo("login");
    assertThat(request.id()).isEqualTo(7);
    assertThat(request.data()).isEqualTo(new Login("bob"));
    assertThat(request.isSent()).isFalse();
  }

  @Test
  void theResultIsSentAsTheAnswerToTheCall() {
    bound(call(1), JsonNode.class).end(Map.of("ok", true));

    assertThat(onlyAnswer().rid()).isEqualTo(7);
    assertThat(onlyAnswer().data()).hasToString("{\"ok\":true}");
    assertThat(onlyAnswer().error()).isNull();
  }

  @Test
  void nothingAndAMissingNodeAreSentAsNoData() {
    bound(call(1), JsonNode.class).end(null);
    bound(call(1), JsonNode.class).end(MissingNode.getInstance());
    bound(call(1), JsonNode.class).end();

    assertThat(answers).hasSize(3).allMatch(answer -> answer.data() == null);
  }

  @Test
  void anErrorIsSentWithNameMessageAndProperties() {
    bound(call(1), JsonNode.class).error(new AGException("Custom", "No", Map.of("limit", 3)));

    assertThat(onlyAnswer().error())
        .hasToString("{\"message\":\"No\",\"name\":\"Custom\",\"limit\":3}");
  }

  @Test
  void theSecondAnswerIsRefused() {
    AGRequest<JsonNode> request = bound(call(1), JsonNode.class);
    request.end("first");

    assertThat(request.isSent()).isTrue();
    assertThatThrownBy(() -> request.end("second")).isInstanceOf(InvalidActionError.class);
    assertThatThrownBy(() -> request.error(new IllegalStateException("late")))
        .isInstanceOf(InvalidActionError.class)
        .hasMessageContaining("7");
    assertThat(onlyAnswer().data()).hasToString("\"first\"");
  }

  @Test
  void aResultWithoutAJsonFormLeavesTheCallToBeAnswered() {
    AGRequest<JsonNode> request = bound(call(1), JsonNode.class);
    Map<String, Object> cycle = new HashMap<>();
    cycle.put("self", cycle);

    assertThatThrownBy(() -> request.end(cycle)).isInstanceOf(InvalidArgumentsError.class);
    request.end("after all");

    assertThat(onlyAnswer().data()).hasToString("\"after all\"");
  }

  @Test
  void ofManyThreadsExactlyOneAnswers() throws Exception {
    int threads = 16;
    for (int round = 0; round < 50; round++) {
      answers.clear();
      InboundCall call = call(round);
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Boolean>> outcomes = new ArrayList<>();
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < threads; i++) {
          int mode = i % 3;
          outcomes.add(executor.submit(() -> answer(call, mode, start)));
        }
        start.countDown();
      }
      long refused = outcomes.stream().filter(outcome -> !outcome.resultNow()).count();
      assertThat(answers).hasSize(1);
      assertThat(refused).isLessThan(threads);
    }
  }

  /** Returns false when the answer was refused; abandon is never refused. */
  private static boolean answer(InboundCall call, int mode, CountDownLatch start) throws Exception {
    start.await();
    try {
      switch (mode) {
        case 0 -> call.end(null);
        case 1 -> call.error(new AGException("Custom", "No"));
        default -> call.abandon(new IllegalStateException("handler failed"));
      }
      return true;
    } catch (InvalidActionError expected) {
      return false;
    }
  }

  @Test
  void aHandlerThatThrowsByChanceTellsTheCallerNothingOfIt() {
    call(1).abandon(new IllegalStateException("password of the database"));

    assertThat(onlyAnswer().error()).isNotNull();
    assertThat(String.valueOf(onlyAnswer().error()))
        .contains("UnknownError")
        .doesNotContain("password");
  }

  @Test
  void aHandlerThatThrowsAnErrorOfTheProtocolMeansItForTheCaller() {
    call(1).abandon(new AGException("Custom", "Not you"));

    assertThat(String.valueOf(onlyAnswer().error())).contains("Custom").contains("Not you");
  }

  @Test
  void dataThatThisEndCannotWriteIsNotBlamedOnTheCaller() {
    Map<String, Object> cycle = new HashMap<>();
    cycle.put("self", cycle);
    InvalidArgumentsError unwritable =
        catchThrowableOfType(InvalidArgumentsError.class, () -> DataMapper.STANDARD.write(cycle));

    assertThat(call(1).abandon(unwritable)).isFalse();

    assertThat(String.valueOf(onlyAnswer().error())).contains("UnknownError");
  }

  @Test
  void abandonAfterAnAnswerChangesNothing() {
    InboundCall call = call(1);
    call.end(Payload.of("done"));
    call.abandon(new IllegalStateException("afterwards"));

    assertThat(onlyAnswer().data()).hasToString("\"done\"");
  }

  @Test
  void dataThatCannotBeBoundIsAnsweredWithInvalidArgumentsError() {
    for (Object wrong : new Object[] {"text", List.of(1), 5, true}) {
      answers.clear();
      assertThat(call(wrong).bind(DataMapper.STANDARD.binding(Login.class))).isNull();
      assertThat(String.valueOf(onlyAnswer().error())).contains("InvalidArgumentsError");
    }
  }

  @Test
  void absentDataCannotBeBoundToAType() {
    assertThat(call(null).bind(DataMapper.STANDARD.binding(Login.class))).isNull();

    assertThat(String.valueOf(onlyAnswer().error()))
        .contains("InvalidArgumentsError")
        .contains("Data of type Login was expected");
  }

  @Test
  void absentDataIsAMissingNodeWhereJsonIsAskedFor() {
    assertThat(bound(call(null), JsonNode.class).data().isMissingNode()).isTrue();
    assertThat(answers).isEmpty();
  }

  @Test
  void aPayloadCanBeAskedForAsItIs() {
    Payload data = Payload.of("as sent");
    InboundCall call = new InboundCall("p", 1, data, answers::add);

    assertThat(bound(call, Payload.class).data()).isSameAs(data);
  }
}
