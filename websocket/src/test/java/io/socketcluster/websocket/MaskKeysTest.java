// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskKeysTest {
  @Test
  void noKeyComesAgainAndNoBitIsAlwaysTheSame() {
    MaskKeys keys = new MaskKeys();
    Set<Integer> seen = new HashSet<>();
    int ever = 0;
    int always = -1;
    for (int i = 0; i < 1000; i++) {
      int key = keys.next();
      seen.add(key);
      ever |= key;
      always &= key;
    }

    assertThat(seen).hasSizeGreaterThan(990); // by chance two of 2^32 may be alike
    assertThat(ever).isEqualTo(-1);
    assertThat(always).isZero();
  }

  @Test
  void twoConnectionsHaveKeysOfTheirOwn() {
    MaskKeys mine = new MaskKeys();
    MaskKeys others = new MaskKeys();
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(mine.next());
      seen.add(others.next());
    }

    assertThat(seen).hasSizeGreaterThan(190);
  }
}
