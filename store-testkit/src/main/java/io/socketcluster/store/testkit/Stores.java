// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.Payload;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the rules work on: the stores of one test. */
interface Stores {
  /** How long anything may take that is waited for. */
  Duration patience();

  /** The store of this test, with default limits. */
  Store store();

  /** The store of this test, for a test that sets limits. */
  Store store(StoreOptions options);

  /** One more store with the same data; ends the test if the stores share none. */
  Store peer();

  /** A store with data of its own. */
  Store stranger();

  /** Waits for a result, whose failure is the test's. */
  default <T extends @Nullable Object> T done(CompletableFuture<T> future) {
    try {
      return future.get(patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The future failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("The future did not complete within " + patience(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  /** Waits for a failure, which a continuation sees without a wrapper. */
  default <E extends Throwable> E failure(Class<E> type, CompletableFuture<?> future) {
    Throwable failure = done(future.handle((value, error) -> error));
    assertThat(failure).isInstanceOf(type);
    return type.cast(failure);
  }

  /** Waits for a result, and compares it with JSON. */
  default void assertJson(CompletableFuture<JsonNode> future, String json) {
    assertThat(done(future)).isEqualTo(json(json));
  }

  /** Waits until an assertion holds. */
  default void eventually(ThrowingRunnable assertion) {
    await().atMost(patience()).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
  }

  /** Parses JSON. */
  default JsonNode json(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length).node();
  }

  /** A path. */
  default List<String> path(String... keys) {
    return List.of(keys);
  }
}
