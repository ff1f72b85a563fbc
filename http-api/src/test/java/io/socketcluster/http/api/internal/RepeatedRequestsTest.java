// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketcluster.server.HttpAnswer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepeatedRequestsTest {
  private static final byte[] ONE = {1};
  private static final byte[] OTHER = {2};

  private final AtomicLong now = new AtomicLong();
  private final RepeatedRequests requests = new RepeatedRequests(2, now::get);
  private final Caller ann = new Caller("ann", List.of());
  private int calls;

  private CompletableFuture<HttpAnswer> call() {
    calls++;
    return CompletableFuture.completedFuture(HttpAnswer.text(200, "answer " + calls));
  }

  private String send(String key) throws ApiError {
    return new String(requests.answer(ann, key, ONE, this::call).join().body(), UTF_8);
  }

  @Test
  void aRepeatedRequestGetsTheFirstAnswer() throws Exception {
    assertThat(send("a")).isEqualTo("answer 1");
    assertThat(send("a")).isEqualTo("answer 1");
    assertThat(requests.answer(ann, "a", ONE, this::call).join().header("idempotency-replayed"))
        .isEqualTo("true");
    assertThat(requests.answer(new Caller("bob", List.of()), "a", ONE, this::call).join().body())
        .as("the keys of callers are their own")
        .isEqualTo("answer 2".getBytes(UTF_8));
  }

  @Test
  void anotherRequestWithTheKeyIsRefused() throws Exception {
    send("a");
    assertThatExceptionOfType(ApiError.class)
        .isThrownBy(() -> requests.answer(ann, "a", OTHER, this::call))
        .satisfies(error -> assertThat(error.answer().status()).isEqualTo(422));
  }

  @Test
  void aRequestThatIsUnderWayIsNotDoneTwice() throws Exception {
    requests.answer(
        ann,
        "a",
        ONE,
        () -> {
          assertThatExceptionOfType(ApiError.class)
              .isThrownBy(() -> send("a"))
              .satisfies(error -> assertThat(error.answer().status()).isEqualTo(409));
          return call();
        });
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void aRequestThatFailedMayBeTriedAgain() throws Exception {
    assertThatExceptionOfType(ApiError.class)
        .isThrownBy(
            () ->
                requests.answer(
                    ann,
                    "a",
                    ONE,
                    () -> {
                      throw new ApiError(400, "InvalidRequestError", "no");
                    }));
    assertThat(
            requests.answer(
                ann,
                "a",
                ONE,
                () -> CompletableFuture.failedFuture(new IllegalStateException("refused"))))
        .isCompletedExceptionally();
    assertThat(send("a")).isEqualTo("answer 1");
  }

  @Test
  void aCallerThatHangsUpDoesNotEndItsRequest() throws Exception {
    CompletableFuture<HttpAnswer> published = new CompletableFuture<>();
    CompletableFuture<HttpAnswer> asked = requests.answer(ann, "a", ONE, () -> published);
    Thread.currentThread().interrupt(); // as the server does
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(asked::get);
    assertThatExceptionOfType(ApiError.class)
        .isThrownBy(() -> send("a"))
        .satisfies(error -> assertThat(error.answer().status()).isEqualTo(409));
    published.complete(HttpAnswer.text(200, "late"));
    assertThat(send("a")).isEqualTo("late");
    assertThat(calls).isZero();
  }

  @Test
  void aRequestThatWasForgottenDoesNotEndTheOneThatFollowed() throws Exception {
    CompletableFuture<HttpAnswer> forgotten = new CompletableFuture<>();
    CompletableFuture<HttpAnswer> first = requests.answer(ann, "a", ONE, () -> forgotten);
    send("b");
    send("c");
    assertThat(send("a")).isEqualTo("answer 3");
    forgotten.completeExceptionally(new IllegalStateException("too late"));
    assertThat(first).isCompletedExceptionally();
    assertThat(send("a")).isEqualTo("answer 3");
  }

  @Test
  void keysAreForgotten() throws Exception {
    send("a");
    now.addAndGet(TimeUnit.HOURS.toNanos(25));
    assertThat(send("a")).isEqualTo("answer 2");
    send("b");
    send("c");
    assertThat(send("a")).as("only two are kept").isEqualTo("answer 5");
    assertThatExceptionOfType(ApiError.class).isThrownBy(() -> send(""));
    assertThatExceptionOfType(ApiError.class).isThrownBy(() -> send("x".repeat(256)));
  }
}
