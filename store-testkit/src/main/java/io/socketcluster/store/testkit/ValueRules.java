// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.store.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is set, read and removed, and by which paths. */
interface ValueRules extends Stores {
  /** A value that an application binds to its own type. */
  record Room(String name, int seats) {}

  /** Values that JSON libraries and scripts in stores like to change. */
  List<String> DELICATE_VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-0.5",
          "9007199254740993",
          "123456789012345678901234567890",
          "0.1",
          "\"\"",
          "\"null\"",
          "\"a\\u0000b\\\"\\\\\"",
          "\"😀 é\"",
          "[]",
          "{}",
          "[[],{},null]",
          "{\"\":{\"__proto__\":1}}");

  /** First keys that mean something to a store, a pattern or a carelessly written map. */
  List<String> ODD_KEYS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "a.b",
          "a:b",
          "*",
          "[a-z]",
          "?",
          "\\",
          "{a}",
          "0",
          "-1",
          "\u0000",
          "é",
          "e\u0301",
          "😀",
          "null",
          "__proto__",
          "a\nb",
          "k".repeat(1024));

  @Test
  default void aValueIsReadAsItWasSet() {
    for (String value : DELICATE_VALUES) {
      done(store().set("value", json(value)));
      assertJson(store().get("value"), value);
      done(store().set(path("deep", "value"), json(value)));
      assertJson(store().get(path("deep", "value")), value);
    }
  }

  @Test
  default void aKeyMeansItself() {
    ODD_KEYS.forEach(key -> done(store().set(key, key)));

    ODD_KEYS.forEach(key -> assertThat(done(store().get(key, String.class))).isEqualTo(key));
    assertThat(done(store().keys())).containsExactlyInAnyOrderElementsOf(ODD_KEYS);
  }

  @Test
  default void aTextIsOneKeyWhateverItsCharacters() {
    done(store().set("a.b", 1));

    assertThat(done(store().hasKey(path("a", "b")))).isFalse();
    assertJson(store().get("a.b"), "1");
  }

  @Test
  default void nothingIsAMissingNode() {
    assertThat(done(store().get("none")).isMissingNode()).isTrue();
    assertThat(done(store().get(path("none", "below"))).isMissingNode()).isTrue();
    assertThat(done(store().get("none", String.class))).isNull();
    assertThat(done(store().hasKey("none"))).isFalse();
    assertThat(done(store().remove(path("none", "below"))).isMissingNode()).isTrue();
    assertThat(done(store().count("none"))).isZero();
  }

  @Test
  default void nullIsAValue() {
    done(store().set("nothing", null));

    assertThat(done(store().hasKey("nothing"))).isTrue();
    assertJson(store().get("nothing"), "null");
    assertThat(done(store().count("nothing"))).isZero();
  }

  @Test
  default void aPathThroughMissingValuesIsCreated() {
    done(store().set(path("rooms", "lobby", "users", "bob"), 5));

    assertJson(store().get("rooms"), "{\"lobby\":{\"users\":{\"bob\":5}}}");
    assertJson(store().get(path("rooms", "lobby", "users", "bob")), "5");
  }

  @Test
  default void aPathThroughAValueReplacesIt() {
    done(store().set("a", 5));
    done(store().set(path("a", "b"), 6));

    assertJson(store().get("a"), "{\"b\":6}");
  }

  @Test
  default void aKeyOfAnArrayIsAnIndex() {
    done(store().set("list", List.of("a", "b")));
    done(store().set(path("list", "1"), "c"));
    done(store().set(path("list", "2"), "d"));

    assertJson(store().get("list"), "[\"a\",\"c\",\"d\"]");
    assertJson(store().get(path("list", "0")), "\"a\"");
    assertThat(done(store().hasKey(path("list", "3")))).isFalse();
    assertThat(done(store().hasKey(path("list", "01")))).isFalse();
  }

  @Test
  default void anArrayWithANameBecomesAnObject() {
    done(store().set("list", List.of("a", "b")));
    done(store().set(path("list", "name"), "c"));
    assertJson(store().get("list"), "{\"0\":\"a\",\"1\":\"b\",\"name\":\"c\"}");

    done(store().set("sparse", List.of("a")));
    done(store().set(path("sparse", "7"), "b"));
    assertJson(store().get("sparse"), "{\"0\":\"a\",\"7\":\"b\"}");
  }

  @Test
  default void whatIsRemovedIsReturned() {
    done(store().set("room", Map.of("name", "lobby", "seats", 5)));

    assertJson(store().remove(path("room", "seats")), "5");
    assertJson(store().get("room"), "{\"name\":\"lobby\"}");
    assertJson(store().remove("room"), "{\"name\":\"lobby\"}");
    assertThat(done(store().keys())).isEmpty();
  }

  @Test
  default void aValueIsBoundToAType() {
    done(store().set("room", new Room("lobby", 5)));

    assertThat(done(store().get("room", Room.class))).isEqualTo(new Room("lobby", 5));
    failure(InvalidArgumentsError.class, store().get("room", Integer.class));
  }

  @Test
  default void aValueWithoutAJsonFormIsRefused() {
    Object[] circle = new Object[1];
    circle[0] = circle;

    failure(InvalidArgumentsError.class, store().set("circle", circle));
    assertThat(done(store().keys())).isEmpty();
  }

  @Test
  default void membersAndElementsAreCounted() {
    done(store().set("object", Map.of("a", 1, "b", 2)));
    done(store().set("array", List.of(1, 2, 3)));
    done(store().set("text", ""));

    assertThat(done(store().count("object"))).isEqualTo(2);
    assertThat(done(store().count("array"))).isEqualTo(3);
    assertThat(done(store().count("text"))).isEqualTo(1);
    assertThat(done(store().count(path("object", "a")))).isEqualTo(1);
  }

  @Test
  default void everythingIsReadAndRemoved() {
    done(store().set("a", 1));
    done(store().set(path("b", "c"), 2));
    Store other = stranger();
    done(other.set("a", 9));

    assertJson(store().getAll(), "{\"a\":1,\"b\":{\"c\":2}}");
    done(store().removeAll());
    assertJson(store().getAll(), "{}");
    assertJson(other.getAll(), "{\"a\":9}");
  }

  @Test
  default void valuesBelowAPathHaveThePathsOfTheirOwn() {
    done(store().at(path("rooms", "lobby")).set("seats", 5));
    done(store().at("rooms").at("lobby").add("users", "bob"));

    assertJson(store().get("rooms"), "{\"lobby\":{\"seats\":5,\"users\":[\"bob\"]}}");
    assertJson(store().at("rooms").getAll(), "{\"lobby\":{\"seats\":5,\"users\":[\"bob\"]}}");
    assertJson(store().at("none").getAll(), "{}");
    done(store().at("rooms").removeAll());
    assertThat(done(store().hasKey("rooms"))).isFalse();
  }

  @Test
  default void aResultIsACopy() {
    done(store().set("room", Map.of("seats", 5)));
    ObjectNode read = (ObjectNode) done(store().get("room"));
    read.put("seats", 6);
    done(store().set("other", read));
    read.put("seats", 7);

    assertJson(store().get("room"), "{\"seats\":5}");
    assertJson(store().get("other"), "{\"seats\":6}");
  }

  @Test
  default void storesWithOneNameHaveTheSameData() {
    Store peer = peer();
    done(store().set(path("a", "b"), 1));
    assertJson(peer.get(path("a", "b")), "1");
    done(peer.set(path("a", "c"), 2));
    assertJson(store().getAll(), "{\"a\":{\"b\":1,\"c\":2}}");
    done(peer.removeAll());
    assertThat(done(store().keys())).isEmpty();
  }

  @Test
  default void theEmptyPathIsRefused() {
    failure(InvalidArgumentsError.class, store().set(List.of(), 1));
    failure(InvalidArgumentsError.class, store().get(List.of()));
  }

  @Test
  default void aClosedStoreRefusesEveryCall() {
    store().close();

    failure(InvalidActionError.class, store().get("a"));
    failure(InvalidActionError.class, store().set("a", 1));
    failure(InvalidActionError.class, store().getAll());
    store().close();
  }
}
