// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapSharesTest {
  private static final StoreOptions DEFAULT = StoreOptions.DEFAULT;

  /** With two bytes for a byte of JSON and 400 for a key. */
  @ParameterizedTest
  @ValueSource(longs = {16L << 20, 96L << 20, 256L << 20, 1L << 30})
  void theStoreAndTheServerTakeSixTenthsOfTheHeapAtMost(long heap) {
    HeapShares shares = new HeapShares(heap);
    StoreOptions store = shares.within(DEFAULT);
    long ofStore = 2 * store.byteLimit() + 400L * store.keyLimit();

    assertThat(ofStore + shares.within(Long.MAX_VALUE)).isLessThanOrEqualTo(heap / 10 * 6);
    assertThat(store.byteLimit()).isGreaterThanOrEqualTo(heap / 16).isLessThan(heap);
  }

  @Test
  void aLargeHeapHasRoomForWhatIsWanted() {
    HeapShares shares = new HeapShares(1L << 40);

    assertThat(shares.within(DEFAULT).byteLimit()).isEqualTo(DEFAULT.byteLimit());
    assertThat(shares.within(DEFAULT).keyLimit()).isEqualTo(DEFAULT.keyLimit());
    assertThat(shares.within(1L << 30)).isEqualTo(1L << 30);
  }

  @Test
  void aTinyHeapHasRoomForAKey() {
    StoreOptions store = new HeapShares(100).within(DEFAULT);

    assertThat(store.keyLimit()).isEqualTo(1);
    assertThat(store.byteLimit()).isEqualTo(1);
  }
}
