// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryBackendTest {
  private static final StoreOptions SMALL =
      StoreOptions.builder().keyLimit(3).byteLimit(100).build();

  private Instant now = Instant.EPOCH;
  private final Store store = Store.on(new MemoryBackend(SMALL, () -> now), SMALL);

  private static void assertFull(CompletableFuture<?> change, String limit) {
    assertThat(change.exceptionNow())
        .isInstanceOf(ResourceLimitError.class)
        .hasMessageContaining(limit);
  }

  @Test
  void keysAreBounded() {
    store.set("a", 1).join();
    store.set("b", 1).join();
    store.set("c", 1).join();

    assertFull(store.set("d", 1), "keyLimit is 3");
    store.set("a", 2).join();
    store.remove("b").join();
    store.set("d", 1).join();

    assertThat(store.keys().join()).containsExactlyInAnyOrder("a", "c", "d");
  }

  @Test
  void bytesAreBounded() {
    store.set("a", "x".repeat(60)).join();

    assertFull(store.set("b", "x".repeat(60)), "byteLimit is 100");
    store.set("a", "x".repeat(20)).join();
    store.set("b", "x".repeat(60)).join();
    assertFull(store.add("a", "x".repeat(60)), "byteLimit is 100");

    store.removeAll().join();
    store.set("c", "x".repeat(90)).join();
  }

  @Test
  void whatHasExpiredMakesRoomWithoutBeingRead() {
    for (String key : List.of("a", "b", "c")) {
      store.set(key, 1).join();
      store.expire(key, Duration.ofSeconds(5)).join();
    }
    now = now.plusSeconds(5);

    store.set("d", 1).join();
    store.set("e", 1).join();
    store.set("f", 1).join();

    assertThat(store.keys().join()).containsExactlyInAnyOrder("d", "e", "f");
  }

  @Test
  void aKeyExpiresAtItsTimeAndNotBefore() {
    store.set("a", 1).join();
    store.expire("a", Duration.ofSeconds(5)).join();
    assertThat(store.getExpiry("a").join()).isEqualTo(Instant.EPOCH.plusSeconds(5));

    now = now.plusMillis(4999);
    assertThat(store.hasKey("a").join()).isTrue();
    now = now.plusMillis(1);
    assertThat(store.hasKey("a").join()).isFalse();
  }

  @Test
  void everyResultIsThereOnReturn() {
    assertThat(store.set("a", 1)).isCompleted();
    assertThat(store.add("a", 1)).isCompleted();
    assertThat(store.expire("a", Duration.ofSeconds(5))).isCompleted();
    assertThat(store.getAll()).isCompleted();
  }

  @Test
  void aClosedStoreKeepsNothing() {
    MemoryBackend backend = new MemoryBackend(SMALL, () -> now);
    Store closed = Store.on(backend, SMALL);
    closed.set("a", 1).join();
    closed.close();

    assertThat(backend.keys().join()).isEmpty();
  }
}
