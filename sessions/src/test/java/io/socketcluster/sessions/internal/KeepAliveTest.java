// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final Duration TIMEOUT = Duration.ofHours(1);

  private final Store store = Store.embedded();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final SessionMarks marks = new SessionMarks(store, TIMEOUT, wanted::get);
  private final KeepAlive keepAlive = new KeepAlive(store, TIMEOUT, marks, failures::add);

  private Instant expiryOf(String name) {
    Instant expiry = store.getExpiry(name).join();
    return expiry == null ? Instant.EPOCH : expiry;
  }

  @Test
  void theExpiryOfEachSessionWithASocketMovesOn() {
    for (int i = 0; i < 1_001; i++) {
      names.add("session-" + i);
      store.set("session-" + i, 1).join();
    }
    store.set("without a socket", 1).join();
    keepAlive.start(names, Duration.ofMillis(5));

    await().until(() -> names.stream().allMatch(name -> expiryOf(name).isAfter(Instant.EPOCH)));
    Instant first = expiryOf("session-0");
    await().until(() -> expiryOf("session-0").isAfter(first));

    assertThat(expiryOf("without a socket")).isEqualTo(Instant.EPOCH);
    keepAlive.close();
  }

  @Test
  void aMarkThatTheStoreHasLostIsCreatedAgainIfMarksAreWanted() {
    names.add("a");
    store.set("a", 1).join();
    keepAlive.start(names, Duration.ofMillis(5));
    await().until(() -> expiryOf("a").isAfter(Instant.EPOCH));
    Instant first = expiryOf("a");
    await().until(() -> expiryOf("a").isAfter(first));
    assertThat(store.keys().join()).containsExactly("a");

    wanted.set(true);

    await().until(() -> store.hasKey("mark:a").join());
    assertThat(expiryOf("mark:a")).isAfter(Instant.now().plus(TIMEOUT));
    assertThat(failures).isEmpty();
    keepAlive.close();
  }

  @Test
  void aFailureIsToldAndDoesNotEndIt() {
    names.add("a");
    store.close();
    keepAlive.start(names, Duration.ofMillis(5));

    await().until(() -> failures.size() >= 2);
    keepAlive.close();
  }
}
