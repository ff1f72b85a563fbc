// SPDX-License-Identifier: MIT
package io.socketcluster.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.store.StoreValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When keys are removed by themselves. */
interface ExpiryRules extends Stores {
  @Test
  default void aKeyIsRemovedAfterItsTime() {
    done(store().set("short", 1));
    done(store().set("other", 2));

    assertThat(done(store().expire("short", Duration.ofMillis(20)))).isEqualTo(1);

    eventually(() -> assertThat(done(store().hasKey("short"))).isFalse());
    assertThat(done(store().keys())).containsExactly("other");
    assertJson(store().getAll(), "{\"other\":2}");
  }

  @Test
  default void aValueAfterAnExpiryHasNone() {
    done(store().set("short", 1));
    done(store().expire("short", Duration.ofMillis(20)));
    eventually(() -> assertThat(done(store().hasKey("short"))).isFalse());

    done(store().add("short", 2));

    assertJson(store().get("short"), "[2]");
    assertThat(done(store().getExpiry("short"))).isNull();
  }

  @Test
  default void anExpiryIsKnownAndStaysWhenTheValueChanges() {
    done(store().set("a", 1));
    assertThat(done(store().getExpiry("a"))).isNull();

    Instant before = Instant.now();
    done(store().expire("a", Duration.ofHours(5)));
    done(store().set("a", 2));
    done(store().set(path("a", "b"), 3));

    assertThat(done(store().getExpiry("a")))
        .isBetween(
            before.plus(Duration.ofHours(5)).minusSeconds(60),
            Instant.now().plus(Duration.ofHours(5)).plusSeconds(60));
  }

  @Test
  default void aLaterExpiryReplacesAnEarlierOne() {
    done(store().set("a", 1));
    done(store().expire("a", Duration.ofHours(1)));
    done(store().expire("a", Duration.ofHours(9)));

    assertThat(done(store().getExpiry("a"))).isAfter(Instant.now().plus(Duration.ofHours(8)));
  }

  @Test
  default void anExpiryIsRemoved() {
    done(store().set("a", 1));
    done(store().set("b", 1));
    done(store().expire(List.of("a", "b"), Duration.ofHours(1)));

    assertThat(done(store().unexpire(List.of("a", "none")))).isEqualTo(1);

    assertThat(done(store().getExpiry("a"))).isNull();
    assertThat(done(store().getExpiry("b"))).isNotNull();
  }

  @Test
  default void anExpiryEndsWithItsKey() {
    done(store().set("a", 1));
    done(store().expire("a", Duration.ofHours(1)));
    done(store().remove("a"));
    done(store().set("a", 2));

    assertThat(done(store().getExpiry("a"))).isNull();
  }

  @Test
  default void aChangeOfWhatExpiresSetsTheExpiryWithIt() {
    StoreValues leased = store().expiring(path("lease"), Duration.ofHours(5));
    done(leased.get("none"));
    done(leased.remove("none"));
    assertThat(done(store().hasKey("lease"))).isFalse();

    done(leased.set("owner", "ann"));
    assertThat(done(store().getExpiry("lease"))).isNotNull();
    done(store().expire("lease", Duration.ofHours(1)));
    done(leased.at("tags").add("list", 1));

    assertThat(done(store().getExpiry("lease"))).isAfter(Instant.now().plus(Duration.ofHours(4)));
    assertJson(store().get("lease"), "{\"owner\":\"ann\",\"tags\":{\"list\":[1]}}");
  }

  @Test
  default void keysWithoutAValueAreSkipped() {
    done(store().set("a", 1));

    assertThat(done(store().expire(List.of("none", "a"), Duration.ofHours(1)))).isEqualTo(1);

    assertThat(done(store().hasKey("none"))).isFalse();
    assertThat(done(store().getExpiry("none"))).isNull();
  }

  @Test
  default void anExpiryOutOfBoundsIsRefused() {
    failure(InvalidArgumentsError.class, store().expire("a", Duration.ZERO));
    failure(InvalidArgumentsError.class, store().expire("a", Duration.ofDays(1001)));
  }
}
