// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopTasksTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void theEventLoopPassesTheCheck() {
    assertThatCode(() -> loop.submit(() -> LoopTasks.check(loop)).sync())
        .doesNotThrowAnyException();
  }

  @Test
  void anotherThreadFailsTheCheck() {
    assertThatThrownBy(() -> LoopTasks.check(loop)).isInstanceOf(AssertionError.class);
  }

  @Test
  void anyThreadPassesTheCheckOfALoopThatEnds() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

    assertThatCode(() -> LoopTasks.check(loop)).doesNotThrowAnyException();
  }
}
