// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.sessions.SessionEnd;
import io.socketcluster.store.Store;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ends of sessions at a store that is full, slow or away. */
class SessionEndsTest {
  private static final Duration TIMEOUT = Duration.ofHours(2);
  private static final Duration SOON = Duration.ofMillis(5);

  private final Store store = Store.embedded();
  private final Queue<SessionEnd> told = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean isListening = true;
  private volatile BiFunction<String, Object, @Nullable CompletableFuture<?>> inPlace =
      (verb, key) -> null;
  private final SessionEnds ends = create(intercepted());

  private SessionEnds create(Store used) {
    EndListener listener =
        new EndListener() {
          @Override
          public boolean isListening() {
            return isListening;
          }

          @Override
          public void ended(SessionEnd end) {
            told.add(end);
          }
        };
    SessionMarks marks = new SessionMarks(used, TIMEOUT, listener::isListening);
    return new SessionEnds(used, marks, listener, name -> false, failures::add);
  }

  /** Returns the store, of which a test may answer calls in its place. */
  private Store intercepted() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, verb, arguments) -> {
              CompletableFuture<?> answer =
                  arguments == null ? null : inPlace.apply(verb.getName(), arguments[0]);
              return answer == null ? verb.invoke(store, arguments) : answer;
            });
  }

  @AfterEach
  void close() {
    ends.close();
    store.close();
  }

  @Test
  void nothingIsWrittenIfNobodyListens() {
    isListening = false;
    ends.joined("a");
    ends.left("a", "id of a", false);

    assertThat(store.keys().join()).isEmpty();
  }

  @Test
  void aSessionThatNobodyCanComeBackToEndsWithItsSocketUnlessItHasData() {
    for (String name : List.of("with data", "given", "lost")) {
      ends.joined(name);
    }
    store.set("with data", 1).join();
    ends.left("with data", "1", false);
    ends.left("given", "2", true);
    ends.left("lost", "3", false);

    await().until(() -> !told.isEmpty());
    assertThat(told).containsExactly(new SessionEnd("3", true));
    assertThat(store.keys().join())
        .containsExactlyInAnyOrder("with data", "mark:with data", "mark:given");
  }

  @Test
  void anEndIsToldAfterAFailureOfTheStore() {
    CompletableFuture<?> late = CompletableFuture.failedFuture(new TimeoutError("late"));
    inPlace = (verb, key) -> verb.equals("remove") && failures.isEmpty() ? late : null;
    ends.joined("a");
    ends.left("a", "id of a", true);
    store.expire("mark:a", Duration.ofMinutes(30)).join();
    ends.start(SOON);

    await().until(() -> !told.isEmpty());
    assertThat(told).containsExactly(new SessionEnd("id of a", true));
    assertThat(failures).singleElement().isInstanceOf(TimeoutError.class);
  }

  @Test
  void theMarkStaysIfTheDataCannotBeRemoved() {
    CompletableFuture<?> late = CompletableFuture.failedFuture(new TimeoutError("late"));
    ends.joined("a");
    store.set("a", 1).join();
    inPlace = (verb, key) -> verb.equals("remove") && key.equals("a") ? late : null;

    assertThat(ends.end("a")).isCompletedExceptionally();
    assertThat(store.keys().join()).containsExactlyInAnyOrder("a", "mark:a");
    inPlace = (verb, key) -> null;
    assertThat(ends.end("a").join()).isTrue();
    assertThat(store.keys().join()).isEmpty();
  }

  @Test
  void theEndOfASessionWaitsForItsBeginning() {
    CompletableFuture<Integer> found = new CompletableFuture<>();
    inPlace = (verb, key) -> verb.equals("expire") ? found : null;
    ends.joined("a");

    CompletableFuture<Boolean> ended = ends.end("a");
    assertThat(ended).isNotDone();
    found.complete(0);

    assertThat(ended.join()).isTrue();
    assertThat(store.keys().join()).isEmpty();
  }

  @Test
  void aSessionEndsWithItsDataAndNotAWholeTimeoutAfterIt() {
    ends.joined("a");
    ends.left("a", "id of a", true);
    store.set("a", 1).join();
    store.expire("a", Duration.ofMinutes(30)).join();
    store.expire("mark:a", Duration.ofMinutes(10)).join();
    Instant mark = expiryOf("mark:a");
    ends.start(SOON);

    await().until(() -> expiryOf("mark:a").isAfter(mark));
    assertThat(expiryOf("mark:a")).isBefore(expiryOf("a").plus(Duration.ofMinutes(61)));
    assertThat(told).isEmpty();
  }

  private Instant expiryOf(String key) {
    return Objects.requireNonNull(store.getExpiry(key).join());
  }

  @Test
  void moreSessionsThanTheServerWatchesAreAWarning() {
    for (int i = 0; i < 100_003; i++) {
      ends.left("session-" + i, "any", true);
    }

    assertThat(failures)
        .singleElement(THROWABLE)
        .isInstanceOf(ResourceLimitError.class)
        .hasMessageContaining("100000 sessions");
  }
}
