// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.store.Store;
import io.socketcluster.store.StoreChange;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Who is told of changes. */
interface ChangeRules extends Stores {
  /** Follows the changes of a store, which is told of them once it is connected. */
  private Queue<StoreChange> changes(Store store) {
    done(store.keys());
    Queue<StoreChange> changes = new ConcurrentLinkedQueue<>();
    store.listener(Store.CHANGE).consume(changes::add);
    return changes;
  }

  private StoreChange change(String verb, String... path) {
    return new StoreChange(verb, List.of(path));
  }

  @Test
  default void everyChangeIsToldAndNothingElse() {
    Queue<StoreChange> changes = changes(store());
    done(store().set(path("a", "b"), 1));
    done(store().get("a"));
    done(store().remove("none"));
    done(store().pop("none"));
    done(store().add("list", 1));
    done(store().concat("list", List.of(2)));
    done(store().splice("list", 0, 1, List.of()));
    done(store().pop("list"));
    done(store().remove(path("a", "b")));
    done(store().removeAll());

    eventually(
        () ->
            assertThat(changes)
                .containsExactly(
                    change("set", "a", "b"),
                    change("add", "list"),
                    change("concat", "list"),
                    change("splice", "list"),
                    change("pop", "list"),
                    change("remove", "a", "b"),
                    change("removeAll")));
  }

  @Test
  default void aRunIsOneChange() {
    store()
        .register(
            "two",
            (values, data) -> {
              values.set(List.of("b"), 1);
              values.set(List.of("c"), 2);
              return null;
            });
    Queue<StoreChange> changes = changes(store());

    done(store().run("two", "a", null));

    eventually(() -> assertThat(changes).containsExactly(change("run", "a")));
  }

  @Test
  default void changesOfOthersAreTold() {
    Store peer = peer();
    Queue<StoreChange> changes = changes(store());
    Queue<StoreChange> ofStrangers = changes(stranger());

    done(peer.set(path("é", "b"), 1));
    done(peer.set("c", 1));

    eventually(
        () -> assertThat(changes).containsExactly(change("set", "é", "b"), change("set", "c")));
    assertThat(ofStrangers).isEmpty();
  }
}
