// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.store.internal.DefaultStore;
import io.socketcluster.store.internal.MemoryBackend;
import io.socketcluster.store.spi.StoreBackend;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Data that the parts of an application share: the sockets of one process, of supervised workers,
 * or of many machines, depending on the store. Every method is thread-safe, and none but {@link
 * #close} blocks.
 *
 * <p>Everything below one first key is one value for the store: a change reads and writes it as a
 * whole, and costs as much. Data that belongs to many users is kept below many first keys.
 */
public interface Store extends StoreValues, AsyncStreamEmitter, AutoCloseable {
  /**
   * Something in the store changed, in this process or in another. Changes of one key arrive soon
   * and usually in their order; an expired key is no event.
   */
  EventName<StoreChange> CHANGE = new EventName<>("change");

  /** Creates a store in the memory of this process, with default limits. */
  static Store embedded() {
    return embedded(StoreOptions.DEFAULT);
  }

  /**
   * Creates a store in the memory of this process. Its futures are complete on return, unless many
   * threads change one first key at the same moment: a verb that has lost eight times in a row
   * tries again later, on a virtual thread.
   */
  static Store embedded(StoreOptions options) {
    return on(new MemoryBackend(options, InstantSource.system()), options);
  }

  /** Creates a store on a backend, which it closes. For authors of stores. */
  static Store on(StoreBackend backend, StoreOptions options) {
    return new DefaultStore(backend, options);
  }

  /** Returns the limits of the store. */
  StoreOptions options();

  /**
   * Gives a function a name, by which {@link #run} finds it. A store runs no other functions: never
   * source code, nor anything that another process has sent. Each process registers its own.
   *
   * @throws InvalidActionError if the name is taken
   */
  void register(String name, StoreFunction function);

  /**
   * Returns the values below a path, as {@link #at(List)} does it. Each change below it also sets
   * the expiry of the first key, in one step.
   *
   * @throws InvalidArgumentsError if the path is empty, or the time is not one for {@link #expire}
   */
  StoreValues expiring(List<String> baseKey, Duration expireAfter);

  /** Returns the first keys that have a value. */
  CompletableFuture<List<String>> keys();

  /**
   * Removes first keys after a time, in place of an earlier expiry. Keys without a value are
   * skipped. The future fails with an {@link InvalidArgumentsError} if the time is not between 1 ms
   * and 1,000 days.
   *
   * @return the number of keys that have the expiry now
   */
  CompletableFuture<Integer> expire(Collection<String> keys, Duration after);

  /** Does {@link #expire(Collection, Duration)} with one key. */
  default CompletableFuture<Integer> expire(String key, Duration after) {
    return expire(List.of(key), after);
  }

  /**
   * Removes the expiry of first keys.
   *
   * @return the number of keys that have a value
   */
  CompletableFuture<Integer> unexpire(Collection<String> keys);

  /** Does {@link #unexpire(Collection)} with one key. */
  default CompletableFuture<Integer> unexpire(String key) {
    return unexpire(List.of(key));
  }

  /** Returns when a first key will be removed; null if it has no expiry, or no value. */
  CompletableFuture<@Nullable Instant> getExpiry(String key);

  /**
   * Ends the use of the store: later calls fail. An embedded store is empty afterwards; the data of
   * a shared store stays. May block for two seconds.
   */
  @Override
  void close();
}
