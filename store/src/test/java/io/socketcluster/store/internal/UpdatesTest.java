// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreError;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.spi.StoreBackend;
import io.socketcluster.store.spi.StoreWrite;
import io.socketcluster.store.spi.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UpdatesTest {
  private static final StoreOptions SHORT =
      StoreOptions.builder().timeout(Duration.ofMillis(50)).build();

  private final FakeBackend backend = new FakeBackend();

  @Test
  void aBackendThatIsSilentIsATimeout() {
    DefaultStore store = new DefaultStore(backend, SHORT);

    assertThatThrownBy(() -> store.get("a").get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutError.class)
        .hasMessageContaining("PT0.05S");
  }

  @Test
  void aValueThatOthersAlwaysReplaceFirstIsATimeout() {
    DefaultStore store = new DefaultStore(backend, SHORT);
    backend.answer.complete(StoredValue.missing("a"));
    backend.replaced = CompletableFuture.completedFuture(false);

    assertThatThrownBy(() -> store.add("a", 1).get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutError.class);
    assertThat(backend.replacements.get()).isPositive();
  }

  @Test
  void aFailureOfTheBackendIsTheFailureOfTheCall() {
    DefaultStore store = new DefaultStore(backend, StoreOptions.DEFAULT);
    CompletableFuture<JsonNode> get = store.get("a");
    backend.answer.completeExceptionally(new StoreError("away", null));

    assertThatThrownBy(() -> get.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreError.class)
        .hasMessageContaining("away");
  }

  @Test
  void whatTheApplicationContinuesWithRunsOnAVirtualThread() throws Exception {
    DefaultStore store = new DefaultStore(backend, StoreOptions.DEFAULT);
    store.register("thread", (values, data) -> Thread.currentThread().isVirtual());
    CompletableFuture<JsonNode> function = store.run("thread", "a", null);
    CompletableFuture<Boolean> continuation =
        function.thenApply(result -> Thread.currentThread().isVirtual());
    Thread backendThread =
        Thread.ofPlatform().start(() -> backend.answer.complete(StoredValue.missing("a")));

    assertThat(continuation.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(function.get(30, TimeUnit.SECONDS).booleanValue()).isTrue();
    backendThread.join();
  }

  /** Answers when the test says so. */
  private static final class FakeBackend implements StoreBackend {
    final CompletableFuture<StoredValue> answer = new CompletableFuture<>();
    final AtomicInteger replacements = new AtomicInteger();
    CompletableFuture<Boolean> replaced = new CompletableFuture<>();

    @Override
    public void start(Consumer<StoreChange> changes) {}

    @Override
    public CompletableFuture<StoredValue> read(String key) {
      return answer;
    }

    @Override
    public CompletableFuture<Boolean> replace(StoredValue before, StoreWrite write) {
      replacements.incrementAndGet();
      return replaced;
    }

    @Override
    public CompletableFuture<List<String>> keys() {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Map<String, JsonNode>> readAll() {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> removeAll() {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Boolean> expire(String key, @Nullable Duration after) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<@Nullable Instant> expiry(String key) {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }
}
