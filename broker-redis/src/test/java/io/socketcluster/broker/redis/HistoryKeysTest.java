// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryKeysTest {
  private final HistoryKeys keys = new HistoryKeys(new ChannelCodec("sc"));

  @ParameterizedTest
  @ValueSource(strings = {"", "room", "room/{a}", "{}", "{", "}", "a}{b", "{a}{b}", "{{a}}", "{é}"})
  void allKeysOfAChannelAreInItsSlotAndItsOwn(String channel) {
    int slot = SlotHash.getSlot(keys.channel(channel));

    assertThat(SlotHash.getSlot(keys.stream(channel))).isEqualTo(slot);
    assertThat(SlotHash.getSlot(keys.state(channel))).isEqualTo(slot);
    assertThat(new String(keys.stream(channel), UTF_8)).contains("sc:" + channel);
    assertThat(keys.state(channel)).isNotEqualTo(keys.stream(channel));
  }
}
