// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class HandlerStartsTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final HandlerStarts handlers = new HandlerStarts(loop);
  private final AtomicInteger started = new AtomicInteger();

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void execute(int count) {
    for (int i = 0; i < count; i++) {
      handlers.execute(started::incrementAndGet);
    }
  }

  @Test
  void handlersOfOneTurnOfTheLoopAreStartedAfterIt() throws Exception {
    int startedWithin =
        loop.submit(
                () -> {
                  execute(10);
                  return started.get();
                })
            .get();

    assertThat(startedWithin).isZero();
    await().until(() -> started.get() == 10);
  }

  @Test
  void whenThereAreManyTheFirstDoNotWaitForTheEndOfTheTurn() throws Exception {
    loop.submit(
            () -> {
              execute(65);
              await().until(() -> started.get() == 64);
            })
        .get();

    await().until(() -> started.get() == 65);
  }

  @Test
  void aHandlerThatBlocksHoldsUpNoOther() throws Exception {
    CountDownLatch last = new CountDownLatch(1);
    loop.submit(
            () -> {
              handlers.execute(() -> awaitUninterruptibly(last));
              execute(5);
              handlers.execute(last::countDown);
            })
        .get();

    await().until(() -> started.get() == 6);
  }

  private void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
      started.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void otherThreadsNeedNotWaitForTheLoop() throws Exception {
    loop.submit(
            () -> {
              Thread.ofVirtual().start(() -> execute(1)).join();
              await().until(() -> started.get() == 1);
              return null;
            })
        .get();
  }

  @Test
  void aLoopThatEndsStartsWhatItHas() throws Exception {
    loop.submit(
            () -> {
              loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
              execute(3);
            })
        .get();

    await().until(() -> started.get() == 3);
  }

  /** Refuses so many threads, then starts one for each task. */
  private Executor refusing(int refusals) {
    AtomicInteger left = new AtomicInteger(refusals);
    return task -> {
      if (left.getAndDecrement() > 0) {
        throw new OutOfMemoryError("expected: no thread");
      }
      HandlerStarts.startNow(task);
    };
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "1, 10", "5, 10", "3, 64", "70, 130"})
  void handlersThatNoThreadCouldBeStartedForAreStartedOnceLater(int refusals, int count) {
    HandlerStarts starts = new HandlerStarts(loop, refusing(refusals));
    loop.execute(
        () -> {
          for (int i = 0; i < count; i++) {
            starts.execute(started::incrementAndGet);
          }
        });

    await().until(() -> started.get() >= count);
    await().during(Duration.ofMillis(200)).until(() -> started.get() == count);
  }
}
