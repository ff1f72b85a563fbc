// SPDX-License-Identifier: MIT
package io.socketcluster.server.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakGateTest {
  @Test
  void aBufferThatNobodyReleasesIsFound() throws Exception {
    forgetOneBuffer();

    assertThat(LeakGate.findLeaks()).anyMatch(leak -> leak.contains("was not released"));
  }

  @Test
  void aBufferThatIsReleasedIsNot() throws Exception {
    ByteBufAllocator.DEFAULT.directBuffer(16).release();

    assertThat(LeakGate.findLeaks()).isEmpty();
  }

  private static void forgetOneBuffer() {
    ByteBufAllocator.DEFAULT.directBuffer(16).writeInt(1);
  }
}
