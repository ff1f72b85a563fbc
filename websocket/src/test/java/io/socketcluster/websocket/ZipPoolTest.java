// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ZipPoolTest {
  private final AtomicInteger made = new AtomicInteger();
  private final List<Integer> ended = new ArrayList<>();
  private final List<Integer> reset = new ArrayList<>();
  private final ZipPool<Integer> pool =
      new ZipPool<>(2, made::incrementAndGet, reset::add, ended::add);

  @Test
  void whatComesBackIsUsedAgain() {
    pool.giveBack(pool.take());

    assertThat(pool.take()).isEqualTo(1);
    assertThat(reset).containsExactly(1);
    assertThat(ended).isEmpty();
  }

  @Test
  void noMoreAreKeptThanItsSize() {
    List<Integer> taken = List.of(pool.take(), pool.take(), pool.take());
    taken.forEach(pool::giveBack);

    assertThat(ended).containsExactly(3);
  }

  @Test
  void closingEndsThoseThatAreKeptAndLaterThoseInUse() {
    int kept = pool.take();
    int inUse = pool.take();
    pool.giveBack(kept);
    pool.close();
    assertThat(ended).containsExactly(kept);

    pool.giveBack(inUse);
    assertThat(ended).containsExactly(kept, inUse);
  }
}
