// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * The rules of {@link Store} as JUnit tests. Whoever writes a backend extends this class:
 *
 * <pre>{@code
 * class MyStoreTest extends StoreContract {
 *   @Override
 *   protected Store createStore(String name, StoreOptions options) {
 *     return Store.on(new MyBackend(address, name), options);
 *   }
 *
 *   @Override
 *   protected boolean isShared() {
 *     return true;
 *   }
 * }
 * }</pre>
 *
 * <p>Every test has stores of its own, which are closed after it. Tests of several processes are
 * skipped for a store that shares nothing.
 */
public abstract class StoreContract
    implements ValueRules, ListRules, ExpiryRules, FunctionRules, ChangeRules, LimitRules {
  private final String name = UUID.randomUUID().toString();
  private final List<Store> created = new ArrayList<>();
  private @Nullable Store first;

  /** For those who extend it. */
  protected StoreContract() {}

  /**
   * Creates a store.
   *
   * @param name stores with the same name have the same data, if they {@linkplain #isShared share}
   *     any; stores with different names never do
   */
  protected abstract Store createStore(String name, StoreOptions options);

  /** Returns whether stores with the same name have the same data; false if not overridden. */
  protected boolean isShared() {
    return false;
  }

  /** Returns how long anything may take that is waited for: 30 seconds if not overridden. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(30);
  }

  @Override
  public final Store store() {
    Store known = first;
    return known == null ? store(StoreOptions.DEFAULT) : known;
  }

  @Override
  public final Store store(StoreOptions options) {
    Store opened = opened(createStore(name, options));
    first = opened;
    return opened;
  }

  @Override
  public final Store peer() {
    assumeTrue(isShared(), "The store shares nothing");
    return opened(createStore(name, StoreOptions.DEFAULT));
  }

  @Override
  public final Store stranger() {
    return opened(createStore(UUID.randomUUID().toString(), StoreOptions.DEFAULT));
  }

  private Store opened(Store store) {
    created.add(store);
    return store;
  }

  /** Removes the data of the test, and closes its stores. */
  @AfterEach
  final void closeStores() {
    if (first != null) {
      first.removeAll().exceptionally(alreadyClosed -> null).join();
    }
    created.forEach(Store::close);
  }
}
