// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.store.StoreOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is too much. */
interface LimitRules extends Stores {
  @Test
  default void aValueIsBounded() {
    store(StoreOptions.builder().valueLimit(100).build());
    done(store().set("text", "x".repeat(90)));

    failure(ResourceLimitError.class, store().set("text", "x".repeat(101)));
    failure(ResourceLimitError.class, store().add("text", "x".repeat(20)));
    failure(ResourceLimitError.class, store().set("euros", "€".repeat(40)));

    assertJson(store().get("text"), "\"" + "x".repeat(90) + "\"");
    assertThat(done(store().keys())).containsExactly("text");
  }

  @Test
  default void theDepthIsBounded() {
    store(StoreOptions.builder().depthLimit(3).build());
    done(store().set(path("a", "b", "c"), 1));

    failure(ResourceLimitError.class, store().set(path("a", "b", "c"), List.of(1)));
    failure(ResourceLimitError.class, store().set(path("a", "b", "c", "d"), 1));
    failure(ResourceLimitError.class, store().get(path("a", "b", "c", "d")));
    failure(ResourceLimitError.class, store().concat("a", Map.of("x", Map.of("y", List.of(1)))));

    assertJson(store().get("a"), "{\"b\":{\"c\":1}}");
  }

  @Test
  default void aKeyIsBounded() {
    store(StoreOptions.builder().keyLengthLimit(10).build());

    failure(ResourceLimitError.class, store().set("k".repeat(11), 1));
    failure(ResourceLimitError.class, store().set(path("a", "k".repeat(11)), 1));
    failure(InvalidArgumentsError.class, store().set("\ud83d", 1));

    assertThat(done(store().keys())).isEmpty();
  }

  @Test
  default void whatIsReadAtOnceIsBounded() {
    store(StoreOptions.builder().byteLimit(1000).build());
    done(store().set("a", "x".repeat(600)));
    done(store().set("c", "y"));
    done(store().set("b", "x".repeat(600)).exceptionally(full -> null));

    boolean failed = store().getAll().handle((all, failure) -> failure != null).join();
    assertThat(failed).isEqualTo(done(store().hasKey("b")));
  }
}
