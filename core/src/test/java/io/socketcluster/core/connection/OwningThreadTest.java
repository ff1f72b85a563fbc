// SPDX-License-Identifier: MIT
package io.socketcluster.core.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidActionError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwningThreadTest {
  private static final boolean ELSEWHERE = false;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final CompletableFuture<Thread> ranOn = new CompletableFuture<>();

  private void run() {
    ranOn.complete(Thread.currentThread());
  }

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  @Test
  void aTaskOfTheThreadItselfRunsAtOnce() {
    OwningThread.run(thread, true, this::run);

    assertThat(ranOn.join()).isSameAs(Thread.currentThread());
  }

  @Test
  void aTaskOfAnotherThreadRunsOnTheOwner() {
    OwningThread.run(thread, ELSEWHERE, this::run);

    assertThat(ranOn.join()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void aThreadThatHasEndedRunsNoTask() {
    thread.shutdownNow();
    OwningThread.run(thread, ELSEWHERE, this::run);

    assertThat(ranOn).isNotDone();
  }

  @Test
  void whoeverAwaitsATaskRunsItForAThreadThatHasEnded() {
    thread.shutdownNow();
    OwningThread.await(thread, ELSEWHERE, this::run);

    assertThat(ranOn.getNow(null)).isSameAs(Thread.currentThread());
  }

  @Test
  void theErrorOfAnAwaitedTaskIsThrownAsItIs() {
    InvalidActionError error = new InvalidActionError("no");

    assertThatThrownBy(
            () ->
                OwningThread.await(
                    thread,
                    ELSEWHERE,
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
  }

  @Test
  void aBugOfAnAwaitedTaskShowsWhereItWasAwaited() {
    assertThatThrownBy(
            () ->
                OwningThread.await(
                    thread,
                    ELSEWHERE,
                    () -> {
                      throw new IllegalStateException("bug");
                    }))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }
}
