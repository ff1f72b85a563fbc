// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OtherServersTest {
  private final AtomicLong now = new AtomicLong();
  private final OtherServers others = new OtherServers(now::get);

  @Test
  void aServerIsNewUntilItIsForgotten() {
    assertThat(others.heard("a")).isTrue();
    assertThat(others.heard("a")).isFalse();

    now.set(100);
    others.heard("b");
    others.forgetSilent(99);

    assertThat(others.names()).containsExactly("b");
    assertThat(others.heard("a")).isTrue();
    others.left("a");
    assertThat(others.names()).containsExactly("b");
  }

  @Test
  void nobodyIsForgottenForTheTimeInWhichNobodyCouldBeHeard() {
    others.heard("a");
    now.set(100);
    others.heardAll();

    others.forgetSilent(99);

    assertThat(others.names()).containsExactly("a");
  }

  @Test
  void theirNumberIsBounded() {
    for (int i = 0; i < 20_000; i++) {
      others.heard("server " + i);
    }

    assertThat(others.names()).hasSize(10_000);
    assertThat(others.heard("server 1")).isFalse();
  }
}
