// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServerMemoryTest {
  private static final int SOCKET_LIMIT = 1_000_000;
  private static final int SERVER_LIMIT = 3_000_000;

  private final ServerMemory memory =
      new ServerMemory(new MemoryLimits(SOCKET_LIMIT, SERVER_LIMIT));
  private final EventLoop oneLoop = new DefaultEventLoop();
  private final EventLoop otherLoop = new DefaultEventLoop();
  private final LoopMemory one = memory.forLoop(oneLoop);
  private final LoopMemory other = memory.forLoop(otherLoop);
  private final List<String> closed = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() {
    oneLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    otherLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Holder extends MemoryAccount {
    private final EventLoop loop;
    private final String name;
    private final boolean letsGo;
    private volatile long bytes;

    Holder(String name, EventLoop loop, LoopMemory of, boolean letsGo) {
      super(of);
      this.name = name;
      this.loop = loop;
      this.letsGo = letsGo;
    }

    /** Keeps so much, as it says, or says nothing. */
    Holder keeps(long now, boolean says) throws Exception {
      long more = now - bytes;
      bytes = now;
      if (says) {
        loop.submit(() -> grew((int) Math.max(0, more))).get();
      }
      return this;
    }

    @Override
    protected long measure() {
      return bytes;
    }

    @Override
    protected void giveUp(MemoryBound bound, long heldBytes) {
      closed.add(name + " " + bound);
      bytes = letsGo ? 0 : bytes;
    }
  }

  private Holder onOne(String name) {
    return new Holder(name, oneLoop, one, true);
  }

  private Holder onOther(String name) {
    return new Holder(name, otherLoop, other, true);
  }

  @Test
  void whatAnyConnectionKeepsIsNotCounted() throws Exception {
    onOne("a").keeps(4000, true);
    assertThat(memory.heldBytes()).isZero();
  }

  @Test
  void whatManyKeepIsAddedUp() throws Exception {
    for (int i = 0; i < 10; i++) {
      onOne("a").keeps(50_000, true);
      onOther("b").keeps(50_000, true);
    }
    assertThat(memory.heldBytes()).isEqualTo(1_000_000);
    assertThat(closed).isEmpty();
  }

  @Test
  void nobodyHasToSayThatLessIsKept() throws Exception {
    Holder holder = onOne("a").keeps(100_000, true);
    assertThat(memory.heldBytes()).isEqualTo(100_000);
    holder.keeps(0, false);
    await().until(() -> memory.heldBytes() == 0);
  }

  @Test
  void anAnswerOfAClosedConnectionCountsNoMoreThoughItIsLetGoOfLater() throws Exception {
    List<CountedBytes> connections =
        IntStream.range(0, 5)
            .mapToObj(each -> new CountedBytes(one, (bound, bytes) -> closed.add("closed")))
            .toList();
    for (CountedBytes each : connections) {
      oneLoop.submit(() -> each.holds(() -> 800_000)).get();
    }
    await().until(() -> memory.heldBytes() == 3 * 800_000);
    assertThat(closed).hasSize(2);
    for (CountedBytes each : connections) {
      oneLoop.submit(each::holdsNoMore).get();
    }
    await().until(() -> memory.heldBytes() == 0);
  }

  @Test
  void littleIsCountedTooWhenManyKeepIt() throws Exception {
    for (int i = 0; i < 300; i++) {
      onOne("a").keeps(5000, true);
    }
    await().until(() -> memory.heldBytes() == 1_500_000);
  }

  @Test
  void oneThatKeepsMoreThanASingleOneMayIsClosed() throws Exception {
    onOne("a").keeps(SOCKET_LIMIT + 1, true);
    await().until(() -> closed.equals(List.of("a SOCKET")));
    await().until(() -> memory.heldBytes() == 0);
  }

  @Test
  void theLargestOfAllLoopsAreClosedUntilAnEighthIsFree() throws Exception {
    for (int i = 0; i < 10; i++) {
      onOne("small").keeps(20_000, true);
    }
    onOne("b").keeps(700_000, true);
    onOther("a").keeps(900_000, true);
    onOne("c").keeps(600_000, true);
    onOther("d").keeps(500_000, true);
    assertThat(closed).isEmpty();
    onOther("e").keeps(400_000, true);

    await().until(() -> closed.equals(List.of("a SERVER")));
    await().until(() -> memory.heldBytes() == 2_400_000);
    assertThat(memory.isFull()).isFalse();
  }

  @Test
  void whoHasLetGoMeanwhileIsNotClosed() throws Exception {
    Holder honest = onOne("honest").keeps(900_000, true);
    onOther("a").keeps(800_000, true);
    onOther("b").keeps(700_000, true);
    honest.keeps(0, false);
    onOther("c").keeps(600_000, true);
    onOther("d").keeps(500_000, true);

    await().until(() -> memory.heldBytes() <= 2_600_000);
    await().pollDelay(200, TimeUnit.MILLISECONDS).until(() -> !memory.isFull());
    assertThat(closed).doesNotContain("honest SERVER");
  }

  @Test
  void whatCannotBeLetGoOfAtOnceStaysCountedAndCostsOthersTheirTurn() throws Exception {
    Holder stubborn = new Holder("stubborn", oneLoop, one, false).keeps(950_000, true);
    onOther("a").keeps(900_000, true);
    onOther("b").keeps(800_000, true);
    onOther("c").keeps(700_000, true);

    await().until(() -> closed.size() == 2);
    assertThat(closed).containsExactly("stubborn SERVER", "a SERVER");
    assertThat(memory.heldBytes()).isEqualTo(2_450_000);
    stubborn.keeps(0, false);
    await().until(() -> memory.heldBytes() == 1_500_000);
  }

  @Test
  void manySmallOnesAreClosedToo() throws Exception {
    for (int i = 0; i < 400; i++) {
      Holder holder = i % 2 == 0 ? onOne("a") : onOther("a");
      holder.keeps(10_000 + i, true);
    }
    await().until(() -> !memory.isFull() && memory.heldBytes() < SERVER_LIMIT);
    assertThat(closed).isNotEmpty();
  }

  @Test
  void isTightBeforeItIsFull() throws Exception {
    for (Holder each : IntStream.range(0, 3).mapToObj(i -> onOne("a")).toList()) {
      assertThat(memory.isTight()).isFalse();
      each.keeps(800_000, true);
    }
    assertThat(memory.isTight()).isTrue();
    assertThat(memory.isFull()).isFalse();
  }
}
