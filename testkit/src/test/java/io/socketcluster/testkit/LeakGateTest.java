// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakGate.class) // loads it before Netty
class LeakGateTest {
  @Test
  void aLostBufferIsReportedOnce() {
    LeakGate.lose("the lost one");

    assertThatThrownBy(LeakGate::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 leaks")
        .hasMessageContaining("the lost one")
        .hasMessageContaining("LeakGateTest.aLostBufferIsReportedOnce");
    assertThatCode(LeakGate::check).doesNotThrowAnyException();
  }

  @Test
  void aReleasedBufferIsNoLeak() {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(1);
    buffer.touch("the released one");
    buffer.release();

    assertThatCode(LeakGate::check).doesNotThrowAnyException();
  }
}
