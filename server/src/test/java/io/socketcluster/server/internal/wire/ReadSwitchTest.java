// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ReadSwitchTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ReadSwitch reads = new ReadSwitch(channel);

  private boolean isRead() {
    return channel.config().isAutoRead();
  }

  @Test
  void allHaveToWantIt() {
    reads.setWanted(false);
    reads.setPaced(true);
    assertThat(isRead()).isFalse();

    reads.setWanted(true);
    assertThat(isRead()).isFalse();

    reads.setPaced(false);
    assertThat(isRead()).isTrue();
  }

  @Test
  void aConnectionThatClosesIsReadToItsLastFrameWhateverStoppedIt() {
    reads.setWanted(false);
    reads.readToTheEnd();
    assertThat(isRead()).isTrue();

    reads.setWanted(false);
    reads.setPaced(true);
    assertThat(isRead()).isTrue();
  }

  @Test
  void butOnlySoFar() {
    reads.onRead(ClosingTime.READ_LIMIT);
    reads.readToTheEnd();
    reads.onRead(ClosingTime.READ_LIMIT);
    assertThat(isRead()).isTrue();

    reads.onRead(1);
    assertThat(isRead()).isFalse();
  }

  @Test
  void aConnectionThatHasEndedIsNotReadAgain() {
    reads.stop();
    reads.setWanted(true);
    assertThat(isRead()).isFalse();
  }
}
