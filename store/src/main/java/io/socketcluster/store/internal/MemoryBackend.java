// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.spi.StoreBackend;
import io.socketcluster.store.spi.StoreWrite;
import io.socketcluster.store.spi.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Values in a map of this process, which is changed by compare and set: no lock, and no thread. A
 * value that has expired is removed when somebody asks for it, or with the next write.
 */
public final class MemoryBackend implements StoreBackend {
  private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();
  private final Expiries expiries = new Expiries();
  private final Occupancy occupancy;
  private final InstantSource clock;
  private volatile Consumer<StoreChange> changes = change -> {};

  /** Creates an empty backend. */
  public MemoryBackend(StoreOptions options, InstantSource clock) {
    this.occupancy = new Occupancy(options);
    this.clock = clock;
  }

  /** The value of a key. Compared by identity: it is its own stamp. */
  private static final class Slot {
    final JsonNode value;
    final long bytes;
    final @Nullable Instant expiry;

    Slot(JsonNode value, long bytes, @Nullable Instant expiry) {
      this.value = value;
      this.bytes = bytes;
      this.expiry = expiry;
    }

    boolean isExpired(Instant now) {
      return expiry != null && !expiry.isAfter(now);
    }
  }

  @Override
  public void start(Consumer<StoreChange> listener) {
    changes = listener;
  }

  @Override
  public CompletableFuture<StoredValue> read(String key) {
    Slot slot = live(key);
    return CompletableFuture.completedFuture(
        slot == null ? StoredValue.missing(key) : new StoredValue(key, slot.value, slot));
  }

  private @Nullable Slot live(String key) {
    Slot slot = slots.get(key);
    if (slot != null && slot.isExpired(clock.instant())) {
      swap(key, slot, null);
      return null;
    }
    return slot;
  }

  @Override
  public CompletableFuture<Boolean> replace(StoredValue before, StoreWrite write) {
    Slot old = (Slot) before.stamp();
    Slot next = write.value().isMissingNode() ? null : slot(before.key(), old, write);
    try {
      boolean done = swapWithRoom(before.key(), old, next);
      if (done) {
        changes.accept(write.change());
      }
      return CompletableFuture.completedFuture(done);
    } catch (ResourceLimitError e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Replaces a slot, after what has expired has made room. */
  private boolean swapWithRoom(String key, @Nullable Slot old, @Nullable Slot next) {
    boolean hasMadeRoom = removeExpired();
    while (true) {
      try {
        return swap(key, old, next);
      } catch (ResourceLimitError e) {
        if (!hasMadeRoom) {
          throw e;
        }
        hasMadeRoom = removeExpired();
      }
    }
  }

  private Slot slot(String key, @Nullable Slot old, StoreWrite write) {
    Duration after = write.expiry();
    Instant kept = old == null ? null : old.expiry;
    Instant expiry = after == null ? kept : clock.instant().plus(after);
    return new Slot(write.value(), key.length() + (long) write.bytes(), expiry);
  }

  /** Replaces a slot, unless somebody else has; the account and the expiries follow. */
  private boolean swap(String key, @Nullable Slot old, @Nullable Slot next) {
    long bytes = (next == null ? 0 : next.bytes) - (old == null ? 0 : old.bytes);
    int keys = (next == null ? 0 : 1) - (old == null ? 0 : 1);
    occupancy.add(keys, bytes);
    if (!compareAndSet(key, old, next)) {
      occupancy.subtract(keys, bytes);
      return false;
    }
    expiries.replace(key, old == null ? null : old.expiry, next == null ? null : next.expiry);
    return true;
  }

  private boolean compareAndSet(String key, @Nullable Slot old, @Nullable Slot next) {
    if (old == null) {
      return next == null || slots.putIfAbsent(key, next) == null;
    }
    return next == null ? slots.remove(key, old) : slots.replace(key, old, next);
  }

  /** Removes some of what has expired; returns whether there was any. */
  private boolean removeExpired() {
    List<String> keys = expiries.takeUntil(clock.instant());
    keys.forEach(this::live);
    return !keys.isEmpty();
  }

  @Override
  public CompletableFuture<List<String>> keys() {
    return CompletableFuture.completedFuture(
        slots.keySet().stream().filter(key -> live(key) != null).toList());
  }

  @Override
  public CompletableFuture<Map<String, JsonNode>> readAll() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    for (String key : slots.keySet()) {
      Slot slot = live(key);
      if (slot != null) {
        all.put(key, slot.value);
      }
    }
    return CompletableFuture.completedFuture(all);
  }

  @Override
  public CompletableFuture<Void> removeAll() {
    slots.keySet().forEach(key -> change(key, slot -> null));
    changes.accept(new StoreChange("removeAll", List.of()));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Boolean> expire(String key, @Nullable Duration after) {
    Instant expiry = after == null ? null : clock.instant().plus(after);
    return CompletableFuture.completedFuture(
        change(key, slot -> new Slot(slot.value, slot.bytes, expiry)));
  }

  /** Changes a slot, however often somebody else comes first; returns whether there was one. */
  private boolean change(String key, Function<Slot, @Nullable Slot> work) {
    Slot slot = live(key);
    while (slot != null && !swap(key, slot, work.apply(slot))) {
      slot = live(key);
    }
    return slot != null;
  }

  @Override
  public CompletableFuture<@Nullable Instant> expiry(String key) {
    Slot slot = live(key);
    return CompletableFuture.completedFuture(slot == null ? null : slot.expiry);
  }

  @Override
  public void close() {
    slots.keySet().forEach(key -> change(key, slot -> null));
  }
}
