// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.protocol.Payload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** What the rules work on: the engines of one test. */
interface Engines {
  /** How long anything may take that is waited for. */
  Duration patience();

  /** How many bytes the biggest payload has. */
  int biggestPayload();

  /** The engine of this test. */
  AGBrokerEngine engine();

  /** One more engine in the cluster of this test; ends the test if engines do not join. */
  AGBrokerEngine peer();

  /** An engine in a cluster of its own. */
  AGBrokerEngine stranger();

  /** Waits for a future, whose failure is the test's. */
  default void done(CompletableFuture<Void> future) {
    try {
      future.get(patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The future failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("The future did not complete within " + patience(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  /** Subscribes a new recorder. */
  default Recorder recorder(AGBrokerEngine engine, String channel) {
    Recorder recorder = new Recorder();
    done(engine.subscribe(recorder, channel));
    return recorder;
  }

  /** Publishes text and waits for the answer. */
  default void publish(AGBrokerEngine engine, String channel, String text) {
    done(engine.invokePublish(channel, Payload.of(text)));
  }

  /** Waits until an assertion holds. */
  default void eventually(ThrowingRunnable assertion) {
    await().atMost(patience()).pollInterval(Duration.ofMillis(2)).untilAsserted(assertion);
  }

  /** Runs all at once and waits; what one throws is the test's failure. */
  default void together(List<? extends Runnable> actions) {
    CompletableFuture<?>[] running =
        actions.stream()
            .map(
                action ->
                    CompletableFuture.runAsync(action, each -> Thread.ofPlatform().start(each)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(running)
        .orTimeout(10 * patience().toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
