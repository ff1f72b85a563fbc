// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.core.failures.ListenerFailures;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreFunction;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.StoreValues;
import io.socketcluster.store.spi.StoreBackend;
import io.socketcluster.stream.StreamDemux;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A store on any backend. */
public final class DefaultStore extends Values implements Store {
  private final StoreOptions options;
  private final StreamDemux<Object> listeners =
      new StreamDemux<>(new ListenerFailures("the store"));

  /** Creates a store, which begins to tell of changes. */
  public DefaultStore(StoreBackend backend, StoreOptions options) {
    super(
        List.of(),
        null,
        new Updates(
            Objects.requireNonNull(backend, "backend"), Objects.requireNonNull(options, "options")),
        new Functions());
    this.options = options;
    backend.start(change -> listeners.write(CHANGE.name(), change));
  }

  @Override
  public StoreOptions options() {
    return options;
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return listeners;
  }

  @Override
  public void register(String name, StoreFunction function) {
    functions.register(name, function);
  }

  @Override
  public StoreValues expiring(List<String> baseKey, Duration expireAfter) {
    Limits.checkExpiry(expireAfter);
    return below(baseKey, expireAfter);
  }

  @Override
  public CompletableFuture<JsonNode> getAll() {
    return updates.call(
        () ->
            updates
                .backend()
                .readAll()
                .thenApply(all -> JsonNodeFactory.instance.objectNode().setAll(all).deepCopy()));
  }

  @Override
  public CompletableFuture<List<String>> keys() {
    return updates.call(() -> updates.backend().keys());
  }

  @Override
  public CompletableFuture<Void> removeAll() {
    return updates.call(() -> updates.backend().removeAll());
  }

  @Override
  public CompletableFuture<Integer> expire(Collection<String> keys, Duration after) {
    return updates.call(
        () -> {
          Limits.checkExpiry(after);
          return expireEach(keys, after);
        });
  }

  @Override
  public CompletableFuture<Integer> unexpire(Collection<String> keys) {
    return updates.call(() -> expireEach(keys, null));
  }

  private CompletableFuture<Integer> expireEach(Collection<String> keys, @Nullable Duration after) {
    keys.forEach(updates.limits()::checkKey);
    CompletableFuture<Integer> count = CompletableFuture.completedFuture(0);
    for (String key : keys) {
      count =
          count.thenCombine(
              updates.backend().expire(key, after), (sum, found) -> found ? sum + 1 : sum);
    }
    return count;
  }

  @Override
  public CompletableFuture<@Nullable Instant> getExpiry(String key) {
    return updates.call(
        () -> {
          updates.limits().checkKey(key);
          return updates.backend().expiry(key);
        });
  }

  @Override
  public void close() {
    if (updates.close()) {
      updates.backend().close();
      listeners.closeAll();
    }
  }
}
