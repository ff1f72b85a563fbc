// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelistsTest {
  private final Relists relists = new Relists();

  private static Share share(String server) {
    return new Share(server, "room", 1, Map.of("ann", 1));
  }

  @Test
  void serversThatNeverComeBackAreForgottenForThoseThatMay() {
    relists.lost("again");
    for (int i = 0; i < Relists.MOST_LOST; i++) {
      relists.lost("gone " + i);
      relists.lost("again");
    }
    relists.lost("last");

    relists.heard(share("gone 0"), 0);
    assertThat(relists.take(0, Set.of())).as("the oldest").isEmpty();
    relists.heard(share("again"), 0);
    assertThat(relists.take(0, Set.of())).as("lost again lately").containsExactly("room");
    relists.heard(share("last"), 0);
    assertThat(relists.take(0, Set.of())).containsExactly("room");
  }
}
