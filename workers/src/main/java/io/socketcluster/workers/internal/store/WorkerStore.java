// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.store.Store;
import io.socketcluster.workers.WorkersOptions;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store of a worker, which is opened when the application asks for it. Thread-safe. */
public final class WorkerStore {
  private final Supplier<Store> opener;

  @GuardedBy("this")
  private @Nullable Store opened;

  @GuardedBy("this")
  private boolean closed;

  private WorkerStore(Supplier<Store> opener) {
    this.opener = opener;
  }

  /**
   * Returns the store of a worker, which is not open yet.
   *
   * @param ofSupervisor the store beside the supervisor's own broker, or null if it has none
   */
  public static WorkerStore of(WorkersOptions options, @Nullable StoreAddress ofSupervisor) {
    if (ofSupervisor != null) {
      return new WorkerStore(
          () ->
              Store.on(
                  new SharedBackend(new StoreLink(ofSupervisor, options.storeOptions().timeout())),
                  options.storeOptions()));
    }
    String broker = options.broker();
    return new WorkerStore(
        broker == null
            ? () -> Store.embedded(options.storeOptions())
            : () -> atBroker(broker, options));
  }

  private static Store atBroker(String url, WorkersOptions options) {
    String scheme = url.split(":", 2)[0];
    if (!scheme.startsWith("redis")) {
      throw new InvalidOptionsError(
          "broker is a URL with "
              + scheme
              + "://, where no store is; allowed for store(): redis://, rediss://,"
              + " redis+sentinel://, or no broker");
    }
    try {
      return StoreInRedis.at(url, options.storeOptions());
    } catch (NoClassDefFoundError e) {
      throw new InvalidOptionsError(
          "store() with the broker Redis needs the dependency"
              + " io.socketcluster:socketcluster-store-redis");
    }
  }

  /**
   * Returns the store, and opens it before that for the first caller.
   *
   * @throws InvalidOptionsError if there is no store at the broker of the options
   * @throws InvalidActionError if the worker has ended
   */
  public synchronized Store get() {
    if (closed) {
      throw new InvalidActionError("The worker has ended");
    }
    Store store = opened;
    if (store == null) {
      store = opener.get();
      opened = store;
    }
    return store;
  }

  /** Closes the store, on a thread that may wait. */
  public CompletableFuture<Void> close() {
    return CompletableFuture.runAsync(this::closeOpened, Thread::startVirtualThread);
  }

  private void closeOpened() {
    Store store;
    synchronized (this) {
      closed = true;
      store = opened;
    }
    if (store != null) {
      store.close();
    }
  }
}
