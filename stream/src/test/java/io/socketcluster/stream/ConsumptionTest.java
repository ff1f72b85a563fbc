// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConsumptionTest {
  private static final int BUSY = 2 * Runtime.getRuntime().availableProcessors();
  private static final int MANY = 1_000;

  private final WritableConsumableStream<String> stream = new WritableConsumableStream<>();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final CountDownLatch begun = new CountDownLatch(BUSY);

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static void join(Consumption consumption) throws Exception {
    consumption.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void handlerGetsItemsInOrderOnVirtualThreads() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    stream.write("early");
    Consumption consumption =
        stream.consume(
            item -> {
              seen.add(item);
              thread.set(Thread.currentThread());
            });
    stream.write("a");
    stream.write("b");
    stream.close();
    join(consumption);

    assertThat(seen).containsExactly("a", "b");
    assertThat(thread.get().isVirtual()).isTrue();
    assertThat(thread.get().getName()).isEqualTo("stream-consumer");
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void aDemuxRunsTheHandlersThatBringNoExecutorOfTheirOwnAsItWants() {
    StreamDemux<String> demux = new StreamDemux<>((item, failure) -> {}, tasks::add);
    Queue<Runnable> own = new ArrayDeque<>();
    demux.stream("a").consume(seen::add);
    demux.stream("a").map(item -> "mapped " + item).consume(seen::add);
    demux.stream("a").consume(seen::add, own::add);
    demux.write("a", "item");

    assertThat(tasks).hasSize(2);
    assertThat(own).hasSize(1);
    runTasks();
    assertThat(seen).containsExactlyInAnyOrder("item", "mapped item");
  }

  @Test
  void burstCostsOneTaskAndAnIdleStreamNone() {
    stream.consume(seen::add, tasks::add);
    assertThat(tasks).isEmpty();
    stream.write("a");
    stream.write("b");
    stream.write("c");
    assertThat(tasks).hasSize(1);
    runTasks();
    assertThat(seen).containsExactly("a", "b", "c");

    stream.write("d");
    assertThat(tasks).hasSize(1);
    runTasks();
    assertThat(seen).endsWith("d");
    assertThat(stream.getBackpressure()).isZero();
  }

  @Test
  void handlersWithAnEndlessBacklogLetOthersHaveTheirTurn() throws Exception {
    CompletableFuture<String> late = new CompletableFuture<>();
    stream.consume(late::complete);
    for (int i = 0; i < BUSY; i++) {
      WritableConsumableStream<Integer> flood = new WritableConsumableStream<>();
      flood.consume(number -> refill(flood, number, late));
      flood.write(0);
    }

    assertServed(late);
  }

  @Test
  void loopsWithAnEndlessBacklogLetOthersHaveTheirTurn() throws Exception {
    CompletableFuture<String> late = new CompletableFuture<>();
    stream.consume(late::complete);
    for (int i = 0; i < BUSY; i++) {
      WritableConsumableStream<Integer> flood = new WritableConsumableStream<>();
      Iterator<Integer> numbers = flood.iterator();
      flood.write(0);
      Thread.ofVirtual().start(() -> numbers.forEachRemaining(n -> refill(flood, n, late)));
    }

    assertServed(late);
  }

  /** Called for each item: there always is a next one until the end. */
  private void refill(WritableConsumableStream<Integer> flood, int number, Future<?> end) {
    if (end.isDone()) {
      flood.close();
    } else {
      flood.write(number + 1);
    }
    if (number == MANY) {
      begun.countDown();
    }
  }

  private void assertServed(CompletableFuture<String> late) throws Exception {
    try {
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      stream.write("late");
      assertThat(late.get(60, TimeUnit.SECONDS)).isEqualTo("late");
    } finally {
      late.complete("not in time"); // the floods end, whatever happened
    }
  }

  @Test
  void handlerMayWriteToItsOwnStreamOnTheCallersThread() {
    stream.consume(
        item -> {
          seen.add(item);
          if (item.length() < 3) {
            stream.write(item + "a");
          }
        },
        Runnable::run);
    stream.write("a");

    assertThat(seen).containsExactly("a", "aa", "aaa");
  }

  @Test
  void failingHandlerIsReportedAndGoesOn() {
    List<Object> failures = new ArrayList<>();
    WritableConsumableStream<String> reporting =
        new WritableConsumableStream<>(
            (item, error) -> {
              failures.add(item);
              failures.add(error);
            });
    RuntimeException failure = new RuntimeException("expected");
    reporting.consume(
        item -> {
          seen.add(item);
          if (item.equals("bad")) {
            throw failure;
          }
        },
        Runnable::run);
    reporting.write("bad");
    reporting.write("good");

    assertThat(failures).containsExactly("bad", failure);
    assertThat(seen).containsExactly("bad", "good");
  }

  @Test
  void withoutAnErrorHandlerFailuresAreUncaughtExceptions() throws Exception {
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    Exception failure = new Exception("expected");
    StreamHandler<String> failing =
        item -> {
          throw failure;
        };
    stream.consume(failing, Runnable::run);
    Thread writer =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((t, e) -> uncaught.set(e))
            .start(() -> stream.write("bad"));
    writer.join();

    assertThat(uncaught.get()).isSameAs(failure);
  }

  @Test
  void failingErrorHandlerDoesNotEndTheConsumption() throws Exception {
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    IllegalStateException failure = new IllegalStateException("expected");
    WritableConsumableStream<String> reporting =
        new WritableConsumableStream<>(
            (item, error) -> {
              throw failure;
            });
    reporting.consume(
        item -> {
          seen.add(item);
          throw new Exception("expected too");
        },
        Runnable::run);
    Runnable writes =
        () -> {
          reporting.write("a");
          reporting.write("b");
        };
    Thread.ofPlatform().uncaughtExceptionHandler((t, e) -> uncaught.set(e)).start(writes).join();

    assertThat(uncaught.get()).isSameAs(failure);
    assertThat(seen).containsExactly("a", "b");
  }

  /** As the JVM ignores what such a handler throws. */
  @Test
  void failingUncaughtExceptionHandlerEndsNothing() throws Exception {
    Background<String> before = Background.virtual(() -> stream.once()).parked();
    StreamHandler<String> failing =
        item -> {
          seen.add(item);
          throw new Exception("expected");
        };
    stream.consume(failing, Runnable::run);
    stream.consume(
        seen::add,
        task -> {
          throw new IllegalStateException("expected");
        });
    Background<String> after = Background.virtual(() -> stream.once()).parked();
    Runnable writes =
        () -> {
          stream.write("a");
          stream.write("b");
        };
    Thread.ofPlatform()
        .uncaughtExceptionHandler(
            (thread, error) -> {
              throw new IllegalStateException("expected too");
            })
        .start(writes)
        .join();

    assertThat(before.get()).isEqualTo("a");
    assertThat(after.get()).isEqualTo("a");
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void closeStopsBeforeTheNextItem() {
    Consumption[] self = new Consumption[1];
    self[0] =
        stream.consume(
            item -> {
              seen.add(item);
              self[0].close();
            },
            tasks::add);
    stream.write("a");
    stream.write("b");
    runTasks();

    assertThat(seen).containsExactly("a");
    assertThat(self[0].ended()).isCompleted();
    assertThat(stream.hasConsumer(self[0].id())).isFalse();
  }

  @Test
  void closeOfAnIdleConsumptionEndsIt() throws Exception {
    Consumption asked = stream.consume(seen::add);
    Consumption notAsked = stream.consume(seen::add, tasks::add);
    var ended = asked.ended();
    assertThat(ended).isNotCompleted();
    asked.close();
    notAsked.close();
    notAsked.close();
    stream.write("unseen");

    ended.toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(tasks).as("nobody asked to be told").isEmpty();
    assertThat(notAsked.ended()).isCompleted();
    assertThat(seen).isEmpty();
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void killStopsBeforeTheNextItem() {
    Consumption consumption = stream.consume(seen::add, tasks::add);
    stream.write("a");
    assertThat(stream.getConsumerBackpressure(consumption.id())).isEqualTo(1);
    stream.kill();
    runTasks();

    assertThat(seen).isEmpty();
    assertThat(consumption.ended()).isCompleted();
  }

  @Test
  void endedCompletesAfterTheLastCallOfTheHandler() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean left = new AtomicBoolean();
    Consumption consumption =
        stream.consume(
            item -> {
              entered.countDown();
              leave.await();
              left.set(true);
            });
    stream.write("a");
    entered.await();
    stream.kill();
    assertThat(consumption.ended()).isNotCompleted();
    leave.countDown();

    join(consumption);
    assertThat(left).isTrue();
  }

  @Test
  void whoCompletesHisOwnStageTellsNobodyElseThatItEnded() {
    Consumption consumption = stream.consume(seen::add, Runnable::run);
    consumption.ended().toCompletableFuture().complete(null);
    var other = consumption.ended();
    assertThat(other).isNotCompleted();

    consumption.close();
    assertThat(other).isCompleted();
    consumption.ended().toCompletableFuture().obtrudeException(new Exception("expected"));
    assertThat(stream.consume(seen::add, Runnable::run).ended()).isNotCompleted();
    assertThat(consumption.ended()).isCompleted();
  }

  @Test
  void rejectedTaskIsTriedAgainAtTheNextWrite() {
    AtomicBoolean rejects = new AtomicBoolean(true);
    Executor executor =
        task -> {
          if (rejects.get()) {
            throw new RejectedExecutionException("expected");
          }
          task.run();
        };
    Consumption consumption = stream.consume(seen::add, executor);
    stream.write("a");
    stream.write("b");
    assertThat(stream.getConsumerBackpressure(consumption.id())).isEqualTo(2);

    rejects.set(false);
    stream.write("c");
    assertThat(seen).containsExactly("a", "b", "c");

    rejects.set(true);
    var ended = consumption.ended();
    stream.write("d");
    stream.kill();
    assertThat(ended).isCompleted();
    assertThat(seen).hasSize(3);
  }

  /** Throws each of the failures once, then starts a virtual thread for each task. */
  private static Executor failing(Throwable... failures) {
    Queue<Throwable> left = new ConcurrentLinkedQueue<>(List.of(failures));
    return task -> {
      switch (left.poll()) {
        case null -> Thread.startVirtualThread(task);
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case Throwable other -> throw new AssertionError("Not thrown by an executor", other);
      }
    };
  }

  @Test
  void aHandlerIsStartedLaterWhenItsExecutorFailsAndNothingIsWrittenAnyMore() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (thread, error) -> {
              throw new IllegalStateException("expected: the uncaught exception handler fails");
            });
    try {
      Consumption consumption =
          stream.consume(
              seen::add,
              failing(
                  new OutOfMemoryError("expected"),
                  new RejectedExecutionException("expected"),
                  new IllegalStateException("expected")));
      stream.write("a");
      stream.write("b");
      await().dontCatchUncaughtExceptions().until(() -> seen.equals(List.of("a", "b")));

      stream.close();
      join(consumption);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aHandlerWhoseExecutorFailedLosesNoEnd() throws Exception {
    Consumption consumption = stream.consume(seen::add, failing(new OutOfMemoryError("expected")));
    var ended = consumption.ended();
    stream.write("last");
    stream.close();

    ended.toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(seen).containsExactly("last");
  }

  @Test
  void otherConsumersAreWokenWhenOneExecutorRejects() throws Exception {
    Background<String> before = Background.virtual(() -> stream.once()).parked();
    stream.consume(
        seen::add,
        task -> {
          throw new RejectedExecutionException("expected");
        });
    Background<String> after = Background.virtual(() -> stream.once()).parked();
    stream.write("a");

    assertThat(before.get()).isEqualTo("a");
    assertThat(after.get()).isEqualTo("a");
  }

  @Test
  void streamHoldsAConsumptionThatNobodyElseHolds() {
    stream.consume(seen::add);
    stream.createConsumer();
    StreamConsumerTest.awaitCollected(() -> stream.getConsumerCount() == 1);
    stream.write("a");

    await().until(() -> seen.equals(List.of("a")));
  }

  @Test
  void blockedHandlerDelaysNoOtherConsumer() throws Exception {
    CountDownLatch leave = new CountDownLatch(1);
    Consumption blocked = stream.consume(item -> leave.await());
    Consumption free = stream.consume(seen::add);
    stream.write("a");
    stream.write("b");
    stream.close();

    join(free);
    assertThat(seen).containsExactly("a", "b");
    assertThat(stream.getBackpressure()).isPositive();
    leave.countDown();
    join(blocked);
  }
}
