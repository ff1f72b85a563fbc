// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What registered functions may do. */
interface FunctionRules extends Stores {
  /** Registers a function that takes a seat, or fails. */
  private static void registerSeats(Store store) {
    store.register(
        "takeSeat",
        (values, data) -> {
          int left = values.get(List.of("seats")).intValue(0);
          if (left < data.path("count").intValue(1)) {
            values.set(List.of("soldOut"), true);
            throw new AGException("SoldOutError", "There are " + left + " seats");
          }
          values.set(List.of("seats"), left - data.path("count").intValue(1));
          values.add(List.of("users"), data.path("user"));
          return Map.of("left", left - data.path("count").intValue(1));
        });
  }

  @Test
  default void aFunctionChangesItsTreeAsAWhole() {
    registerSeats(store());
    done(store().set(path("rooms", "lobby", "seats"), 2));

    assertJson(
        store().run("takeSeat", path("rooms", "lobby"), Map.of("user", "bob")), "{\"left\":1}");
    assertJson(store().get("rooms"), "{\"lobby\":{\"seats\":1,\"users\":[\"bob\"]}}");
  }

  @Test
  default void aFunctionThatThrowsChangesNothing() {
    registerSeats(store());
    done(store().set(path("lobby", "seats"), 2));

    AGException failure =
        failure(AGException.class, store().run("takeSeat", "lobby", Map.of("count", 3)));

    assertThat(failure.name()).isEqualTo("SoldOutError");
    assertJson(store().get("lobby"), "{\"seats\":2}");
  }

  @Test
  default void manyRunsAreOneAfterTheOther() throws InterruptedException {
    registerSeats(store());
    takeAllSeats(store(), store());
  }

  @Test
  default void runsOfManyStoresAreOneAfterTheOther() throws InterruptedException {
    Store peer = peer();
    registerSeats(store());
    registerSeats(peer);
    takeAllSeats(store(), peer);
  }

  private void takeAllSeats(Store first, Store second) throws InterruptedException {
    done(store().set(path("lobby", "seats"), 40));
    Thread one = Thread.startVirtualThread(() -> takeSeats(first));
    Thread other = Thread.startVirtualThread(() -> takeSeats(second));
    one.join();
    other.join();

    assertJson(store().get(path("lobby", "seats")), "0");
    assertThat(done(store().count(path("lobby", "users")))).isEqualTo(40);
  }

  private void takeSeats(Store store) {
    for (int i = 0; i < 20; i++) {
      done(store.run("takeSeat", "lobby", Map.of("user", i)));
    }
  }

  @Test
  default void aFunctionSetsAnExpiryWithItsValue() {
    store()
        .register(
            "lease",
            (values, data) -> {
              values.set(List.of(), data);
              values.expire(Duration.ofHours(1));
              return null;
            });

    assertThat(done(store().run("lease", "lock", "mine")).isMissingNode()).isTrue();

    assertJson(store().get("lock"), "\"mine\"");
    assertThat(done(store().getExpiry("lock"))).isNotNull();
  }

  @Test
  default void aFunctionHasTheVerbsOfTheStore() {
    store()
        .register(
            "all",
            (values, data) -> {
              values.set(List.of("list"), List.of(1, 2, 3));
              values.concat(List.of("list"), List.of(4));
              values.add(List.of("list"), 5);
              values.pop(List.of("list"));
              values.splice(List.of("list"), 0, 1, List.of("x"));
              values.remove(List.of("list", "1"));
              return List.of(
                  values.count(List.of("list")),
                  values.hasKey(List.of("none")),
                  values.getRange(List.of("list"), 0, 1),
                  values.get(List.of()));
            });

    assertJson(store().run("all", "here", null), "[3,false,[\"x\"],{\"list\":[\"x\",3,4]}]");
  }

  @Test
  default void onlyRegisteredFunctionsRun() {
    String source = "function (values) { values.removeAll(); }";
    String message = failure(InvalidActionError.class, store().run(source, "a", 1)).getMessage();

    assertThat(message).contains("No function is registered");
  }

  @Test
  default void aNameIsRegisteredOnce() {
    registerSeats(store());

    assertThatThrownBy(() -> registerSeats(store())).isInstanceOf(InvalidActionError.class);
  }
}
