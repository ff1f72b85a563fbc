// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the verbs for arrays do, and that no change is lost. */
interface ListRules extends Stores {
  @Test
  default void aValueIsAppended() {
    assertThat(done(store().add("list", "a"))).isZero();
    assertThat(done(store().add("list", List.of("b")))).isEqualTo(1);

    assertJson(store().get("list"), "[\"a\",[\"b\"]]");
  }

  @Test
  default void aValueThatIsNoListBecomesTheFirstElement() {
    done(store().set("value", "a"));
    assertThat(done(store().add("value", "b"))).isEqualTo(1);
    assertJson(store().get("value"), "[\"a\",\"b\"]");

    done(store().set("nothing", null));
    assertThat(done(store().add("nothing", "b"))).isZero();
    assertJson(store().get("nothing"), "[\"b\"]");
  }

  @Test
  default void anObjectGetsTheNextInteger() {
    done(store().set("object", Map.of("a", 1)));
    assertThat(done(store().add("object", 2))).isZero();
    done(store().set(path("object", "6"), 3));
    assertThat(done(store().add("object", 4))).isEqualTo(7);

    assertJson(store().get("object"), "{\"a\":1,\"0\":2,\"6\":3,\"7\":4}");
  }

  @Test
  default void elementsAreAppendedAndMembersAreSet() {
    done(store().concat("list", List.of(1, 2)));
    done(store().concat("list", List.of(3, List.of(4))));
    done(store().concat("list", 5));
    assertJson(store().get("list"), "[1,2,3,[4],5]");

    done(store().concat("object", Map.of("a", 1)));
    done(store().concat("object", Map.of("a", 2)));
    done(store().concat("object", List.of("x", "y")));
    assertJson(store().get("object"), "{\"a\":2,\"0\":\"x\",\"1\":\"y\"}");

    done(store().set("scalar", 1));
    done(store().concat("scalar", List.of(2, 3)));
    assertJson(store().get("scalar"), "[1,2,3]");
  }

  @Test
  default void elementsBehindARemovedOneMoveUp() {
    done(store().set("list", List.of("a", "b", "c")));

    assertJson(store().remove(path("list", "0")), "\"a\"");
    assertJson(store().get("list"), "[\"b\",\"c\"]");
  }

  @Test
  default void aRangeEndsBeforeItsEnd() {
    done(store().set("list", List.of(0, 1, 2, 3, 4)));

    assertJson(store().getRange("list", 1, 3), "[1,2]");
    assertJson(store().getRange("list", 3), "[3,4]");
    assertJson(store().getRange("list", 3, 99), "[3,4]");
    assertJson(store().getRange("list", 9), "[]");
    assertJson(store().getRange("none", 0), "[]");
    failure(InvalidArgumentsError.class, store().getRange("list", -1, 2));
  }

  @Test
  default void aSpliceReplacesElements() {
    done(store().set("list", List.of(0, 1, 2, 3, 4)));

    assertJson(store().splice("list", 1, 2, List.of("a", List.of("b"), "c")), "[1,2]");
    assertJson(store().get("list"), "[0,\"a\",[\"b\"],\"c\",3,4]");
    assertJson(store().splice("list", -2, 1, List.of()), "[3]");
    assertJson(store().splice("list", 99, 1, List.of("end")), "[]");
    assertJson(store().get("list"), "[0,\"a\",[\"b\"],\"c\",4,\"end\"]");
    assertJson(store().splice("new", 0, 0, List.of(1)), "[]");
    assertJson(store().get("new"), "[1]");
    failure(InvalidArgumentsError.class, store().splice("list", 0, -1, List.of()));
  }

  @Test
  default void theLastElementIsTaken() {
    done(store().set("list", List.of("a", "b")));

    assertJson(store().pop("list"), "\"b\"");
    assertJson(store().pop("list"), "\"a\"");
    assertThat(done(store().pop("list")).isMissingNode()).isTrue();
    assertJson(store().get("list"), "[]");
    assertThat(done(store().pop("none")).isMissingNode()).isTrue();
    assertThat(done(store().hasKey("none"))).isFalse();
  }

  @Test
  default void whatIsNoArrayHasNoRange() {
    done(store().set("object", Map.of("a", 1)));

    String message = failure(InvalidActionError.class, store().getRange("object", 0)).getMessage();
    assertThat(message).contains("object");
    failure(InvalidActionError.class, store().pop("object"));
    failure(InvalidActionError.class, store().splice(path("object", "a"), 0, 1, List.of()));
    assertJson(store().get("object"), "{\"a\":1}");
  }

  @Test
  default void noChangeOfManyIsLost() {
    List<CompletableFuture<Integer>> added = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      added.add(store().add(path("list", "of", "numbers"), i));
    }

    assertThat(added.stream().map(this::done)).doesNotHaveDuplicates();
    assertThat(done(store().count(path("list", "of", "numbers")))).isEqualTo(100);
  }

  @Test
  default void noChangeOfManyThreadsIsLost() throws InterruptedException {
    addFromThreads(List.of(store(), store()));
  }

  @Test
  default void noChangeOfManyStoresIsLost() throws InterruptedException {
    addFromThreads(List.of(store(), peer()));
  }

  private void addFromThreads(List<Store> stores) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Store store = stores.get(i % stores.size());
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int j = 0; j < 25; j++) {
                  done(store.add("list", j));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(done(store().count("list"))).isEqualTo(100);
  }
}
