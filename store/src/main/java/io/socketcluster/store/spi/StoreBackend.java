// SPDX-License-Identifier: MIT
package io.socketcluster.store.spi;

import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a store keeps its values: one value for each first key, which is read as a whole, and
 * replaced if nobody else has replaced it meanwhile. {@link io.socketcluster.store.Store#on} makes
 * a store of it, which has the verbs, the limits and the repetitions.
 *
 * <p>Thread-safe; no method blocks but {@link #close}. The futures complete on threads that may run
 * the code of the application, so never on an event loop of the backend. They fail with a {@link
 * StoreError} when the values cannot be reached.
 */
public interface StoreBackend extends AutoCloseable {
  /**
   * Begins to tell of changes. Called once, before every other method.
   *
   * @param changes is called for each change that this process or another has made
   */
  void start(Consumer<StoreChange> changes);

  /** Reads the value of a key. */
  CompletableFuture<StoredValue> read(String key);

  /**
   * Replaces the value of a key, if it is still the one that was read.
   *
   * @return false if it is another one; nothing has changed then
   */
  CompletableFuture<Boolean> replace(StoredValue before, StoreWrite write);

  /** Reads the keys that have a value; fails above a number of keys. */
  CompletableFuture<List<String>> keys();

  /** Reads everything; fails above a size. */
  CompletableFuture<Map<String, JsonNode>> readAll();

  /** Removes everything, and tells of one change with an empty path. */
  CompletableFuture<Void> removeAll();

  /**
   * Sets or removes the expiry of a key.
   *
   * @param after null to remove it
   * @return whether the key has a value
   */
  CompletableFuture<Boolean> expire(String key, @Nullable Duration after);

  /** Returns when a key expires; null if it has no expiry or no value. */
  CompletableFuture<@Nullable Instant> expiry(String key);

  @Override
  void close();
}
