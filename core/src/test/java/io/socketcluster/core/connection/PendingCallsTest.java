// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingCallsTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final FakeTimer timer = new FakeTimer();
  private final PendingCalls calls = new PendingCalls(timer);
  private final CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();

  @Test
  void idsAreCountedFromOne() {
    assertThat(calls.register("a", TEN_SECONDS, new CompletableFuture<>())).isEqualTo(1);
    assertThat(calls.register("b", TEN_SECONDS, new CompletableFuture<>())).isEqualTo(2);
    assertThat(calls.size()).isEqualTo(2);
  }

  @Test
  void anAnswerCompletesTheCallAndTakesItsTimeoutBack() {
    long id = calls.register("a", TEN_SECONDS, answer);

    calls.complete(ResponsePacket.success(id, Payload.of("fine")));

    assertThat(answer).isCompletedWithValueMatching(data -> "\"fine\"".equals("" + data));
    assertThat(timer.pending()).isZero();
    assertThat(calls.size()).isZero();
  }

  @Test
  void anAnswerWithoutDataCompletesWithNull() {
    calls.complete(ResponsePacket.success(calls.register("a", TEN_SECONDS, answer), null));

    assertThat(answer).isCompletedWithValue(null);
  }

  @Test
  void anErrorFailsTheCallWithItsNameAndProperties() {
    long id = calls.register("a", TEN_SECONDS, answer);
    AGException error = new AGException("CustomError", "No", Map.of("limit", 3));

    calls.complete(ResponsePacket.failure(id, WireErrors.dehydrate(error)));

    assertThat(answer.exceptionNow())
        .asInstanceOf(type(AGException.class))
        .satisfies(
            received -> {
              assertThat(received.name()).isEqualTo("CustomError");
              assertThat(received).hasMessage("No");
              assertThat(received.properties()).containsEntry("limit", 3);
            });
  }

  @Test
  void withoutAnAnswerTheCallTimesOutAndALateAnswerIsIgnored() {
    long id = calls.register("slow", TEN_SECONDS, answer);

    timer.advance(TEN_SECONDS.minusMillis(1));
    assertThat(answer).isNotDone();
    timer.advance(Duration.ofMillis(1));
    calls.complete(ResponsePacket.success(id, Payload.of("late")));

    assertThat(answer.exceptionNow())
        .isInstanceOf(TimeoutError.class)
        .hasMessage("Event response for slow event timed out");
    assertThat(calls.size()).isZero();
  }

  @Test
  void aTimeoutEndsOnlyItsOwnCall() {
    CompletableFuture<@Nullable Payload> patient = new CompletableFuture<>();
    calls.register("hasty", Duration.ofSeconds(1), answer);
    calls.register("patient", TEN_SECONDS, patient);

    timer.advance(Duration.ofSeconds(2));

    assertThat(answer).isCompletedExceptionally();
    assertThat(patient).isNotDone();
  }

  @Test
  void anAnswerToNoCallIsIgnored() {
    calls.register("a", TEN_SECONDS, answer);

    calls.complete(ResponsePacket.success(99, null));
    calls.complete(ResponsePacket.success(-1, null));

    assertThat(answer).isNotDone();
  }

  @Test
  void theEndOfTheConnectionFailsAllCallsAndLeavesNoTimeoutBehind() {
    CompletableFuture<@Nullable Payload> other = new CompletableFuture<>();
    calls.register("a", TEN_SECONDS, answer);
    calls.register("b", TEN_SECONDS, other);

    calls.abort("disconnect", 1006, "gone", null);

    assertThat(answer.exceptionNow())
        .asInstanceOf(type(BadConnectionError.class))
        .satisfies(
            error -> {
              assertThat(error).hasMessage("Event a was aborted due to a bad connection");
              assertThat(error.properties())
                  .containsEntry("type", "disconnect")
                  .containsEntry("code", 1006);
            });
    assertThat(other).isCompletedExceptionally();
    assertThat(timer.pending()).isZero();
  }

  @Test
  void aCallThatIsMadeWhileOthersAreAbortedIsNotLost() {
    CompletableFuture<@Nullable Payload> again = new CompletableFuture<>();
    calls.register("a", TEN_SECONDS, answer);
    CompletableFuture<Void> retried =
        answer.handle(
            (data, failure) -> {
              calls.register("a", TEN_SECONDS, again);
              return null;
            });

    calls.abort("disconnect", 1006, null, null);

    assertThat(retried).isCompleted();
    assertThat(again).isNotDone();
    assertThat(calls.size()).isEqualTo(1);
  }
}
