// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The thread of a supervisor. */
class SupervisorLoopTest {
  private final SupervisorLoop loop = new SupervisorLoop(failure -> {});

  private static void assertEnded(CompletableFuture<?> answer) {
    assertThat(answer)
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(IOException.class)
        .withMessage("the workers have ended");
  }

  @Test
  void aQuestionIsAnswered() {
    assertThat(loop.<Integer>ask(answer -> answer.complete(1)).join()).isEqualTo(1);
    loop.end();
  }

  @Test
  void aQuestionAfterTheEndFails() {
    loop.end();
    assertEnded(loop.<Integer>ask(answer -> answer.complete(1)));
  }

  @Test
  void aQuestionThatTheEndOvertakesFails() {
    CompletableFuture<Integer> endedBefore = new CompletableFuture<>();
    loop.run(
        () -> {
          loop.<Integer>ask(answer -> answer.complete(1))
              .whenComplete((done, failure) -> endedBefore.completeExceptionally(failure));
          loop.end();
        });
    assertEnded(endedBefore);
  }
}
