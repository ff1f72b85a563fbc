// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.socketcluster.server.CollidingNames;
import io.socketcluster.server.internal.transport.WebSocketFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The channels of an event loop are found by names that clients choose. */
class ChannelKeyTest {
  /** To compare each of the names with all others takes minutes. */
  private static final Duration ENOUGH = Duration.ofSeconds(20);

  private final WebSocketFormat text = new WebSocketFormat(false);
  private final WebSocketFormat binary = new WebSocketFormat(true);

  @Test
  void channelsOfOneHashCodeAreFoundWithoutTryingAll() {
    List<String> names = CollidingNames.of(16);
    Map<ChannelKey, String> channels = new HashMap<>();
    assertTimeoutPreemptively(
        ENOUGH,
        () -> {
          names.forEach(name -> channels.put(new ChannelKey(name, text, false, false), name));
          for (String name : names) {
            assertThat(channels.get(new ChannelKey(name, text, false, false))).isSameAs(name);
          }
        });
  }

  @Test
  void aChannelOfOneHashCodeWithOthersIsToldApartByItsFormat() {
    Map<ChannelKey, String> channels = new HashMap<>();
    for (String name : CollidingNames.of(8)) {
      channels.put(new ChannelKey(name, text, false, false), "text");
      channels.put(new ChannelKey(name, binary, false, false), "binary");
    }
    for (String name : CollidingNames.of(8)) {
      assertThat(channels.get(new ChannelKey(name, text, false, false))).isEqualTo("text");
      assertThat(channels.remove(new ChannelKey(name, binary, false, false))).isEqualTo("binary");
    }
    assertThat(channels).hasSize(1 << 8);
  }
}
