// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class UnreadFramesTest {
  /** Longer than a loop lends at once. */
  private static final long LONG = 1_000_000;

  private final Queue<Runnable> timers = new ArrayDeque<>();
  private long now;
  private final LoopTurns turns =
      new LoopTurns(
          (task, nanos) ->
              timers.add(
                  () -> {
                    now += nanos;
                    task.run();
                  }),
          () -> now);
  private final List<String> told = new ArrayList<>();
  private Runnable duringRead = () -> {};
  private final UnreadFrames frames =
      new UnreadFrames(
          turns,
          new UnreadFrames.Reader() {
            @Override
            public void readShare(ByteBuf bytes) {
              told.add("read " + (char) bytes.readByte());
              now += LONG;
              duringRead.run();
            }

            @Override
            public void caughtUp() {
              told.add("caught up");
            }
          });

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.US_ASCII);
  }

  private void runTimers() {
    while (!timers.isEmpty()) {
      timers.remove().run();
    }
  }

  @Test
  void oneShareIsReadWheneverTheLoopHasTime() {
    ByteBuf first = bytes("abc");
    frames.add(first);
    frames.proceed();
    assertThat(told).containsExactly("read a");

    timers.remove().run();
    assertThat(told).containsExactly("read a", "read b");
    assertThat(frames.heldBytes()).isEqualTo(first.capacity());

    runTimers();
    assertThat(told).containsExactly("read a", "read b", "read c", "caught up");
    assertThat(frames.heldBytes()).isZero();
    assertThat(first.refCnt()).isZero();
  }

  @Test
  void whatComesMeanwhileIsReadBehindIt() {
    frames.add(bytes("ab"));
    frames.proceed();
    frames.add(bytes("cd"));
    frames.proceed(); // without effect: it waits for its turn
    runTimers();

    assertThat(told).containsExactly("read a", "read b", "read c", "read d", "caught up");
  }

  @Test
  void aTaskRunsOnceEverythingHasBeenRead() {
    frames.add(bytes("ab"));
    frames.proceed();
    frames.whenCaughtUp(() -> told.add("end"));
    runTimers();

    assertThat(told).containsExactly("read a", "read b", "caught up", "end");
  }

  @Test
  void whatIsLetGoOfIsNotRead() {
    ByteBuf first = bytes("abc");
    frames.add(first);
    frames.proceed();
    frames.letGo();
    assertThat(first.refCnt()).isZero();
    runTimers();

    assertThat(told).containsExactly("read a", "caught up");
  }

  @Test
  void itMayBeLetGoOfWhileItIsRead() {
    ByteBuf first = bytes("abc");
    frames.add(first);
    duringRead = frames::letGo;
    frames.proceed();
    runTimers();

    assertThat(first.refCnt()).isZero();
    assertThat(told).containsExactly("read a", "caught up");
  }

  @Test
  void anEventLoopThatEndsReleasesWhatWaits() {
    ByteBuf first = bytes("abc");
    frames.add(first);
    frames.proceed();
    turns.abandon();

    assertThat(first.refCnt()).isZero();
    assertThat(told).containsExactly("read a");
  }
}
