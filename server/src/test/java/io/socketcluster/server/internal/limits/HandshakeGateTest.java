// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.RateLimit;
import io.socketcluster.server.ServerObserver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandshakeGateTest {
  private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();

  private final Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
  private final List<String> turns = new ArrayList<>();
  private final List<String> observed = new ArrayList<>();

  private final ServerObserver observer =
      new ServerObserver() {
        @Override
        public void handshakeQueued(int waiting) {
          observed.add("queued " + waiting);
        }

        @Override
        public void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {
          observed.add("refused " + why + " " + ADDRESS.equals(clientAddress));
        }
      };

  private HandshakeGate gate(int concurrency, int queueLimit) {
    return new HandshakeGate(
        AGServerOptions.builder()
            .handshakeConcurrency(concurrency)
            .handshakeQueueLimit(queueLimit)
            .build(),
        observer);
  }

  private Admission enter(HandshakeGate gate, String name) {
    return gate.enter(ADDRESS, loop::add, () -> turns.add(name));
  }

  private void runLoop() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }

  @Test
  void thoseBeyondTheConcurrencyWaitAndHaveTheirTurnInOrder() {
    HandshakeGate gate = gate(1, 10);
    Admission first = enter(gate, "first");
    Admission second = enter(gate, "second");
    Admission third = enter(gate, "third");
    assertThat(first.isWaiting()).isFalse();
    assertThat(second.isWaiting()).isTrue();
    assertThat(observed).containsExactly("queued 1", "queued 2");

    first.over();
    first.over();
    assertThat(turns).as("not at once, whoever calls").isEmpty();
    runLoop();
    assertThat(turns).containsExactly("second");
    assertThat(third.isWaiting()).isTrue();

    second.gone();
    second.gone();
    runLoop();
    assertThat(turns).containsExactly("second", "third");
    assertThat(third.refusal()).isNull();
  }

  @Test
  void whoGoesWhileItWaitsLeavesItsPlaceInTheQueue() {
    HandshakeGate gate = gate(1, 1);
    Admission first = enter(gate, "first");
    enter(gate, "second").gone();
    assertThat(gate.waiting()).isZero();
    Admission third = enter(gate, "third");
    assertThat(third.isWaiting()).isTrue();

    first.over();
    runLoop();

    assertThat(turns).containsExactly("third");
  }

  @Test
  void whenTheQueueIsFullTheNextIsRefused() {
    HandshakeGate gate = gate(1, 1);
    enter(gate, "first");
    enter(gate, "second");

    Admission third = enter(gate, "third");

    assertThat(third.isWaiting()).isFalse();
    assertThat(third.refusal()).isEqualTo(HandshakeRefusal.QUEUE_FULL);
    assertThat(observed).containsExactly("queued 1", "refused QUEUE_FULL true");
  }

  @Test
  void whoHasWaitedTooLongIsRefusedAndTakesNobodysPlace() {
    HandshakeGate gate = gate(1, 10);
    Admission first = enter(gate, "first");
    Admission second = enter(gate, "second");
    Admission third = enter(gate, "third");

    second.expire();
    first.over();
    runLoop();

    assertThat(second.refusal()).isEqualTo(HandshakeRefusal.WAITED_TOO_LONG);
    assertThat(turns).containsExactly("second", "third");
    assertThat(third.refusal()).isNull();
    third.expire();
    assertThat(third.refusal()).as("it had its turn").isNull();
  }

  @Test
  void anAddressThatComesTooOftenIsRefusedEvenIfThereIsRoom() {
    HandshakeGate gate =
        new HandshakeGate(
            AGServerOptions.builder()
                .addressHandshakeRate(RateLimit.of(2, Duration.ofDays(1)))
                .build(),
            observer);
    enter(gate, "first").gone();
    enter(gate, "second").gone();

    Admission third = enter(gate, "third");

    assertThat(third.refusal()).isEqualTo(HandshakeRefusal.RATE_LIMITED);
    assertThat(gate.enter(null, loop::add, () -> {}).refusal()).as("no address").isNull();
  }

  @Test
  void anOpenGateLetsNobodyWait() {
    HandshakeGate gate = gate(1, 10);
    enter(gate, "first");
    enter(gate, "second");
    enter(gate, "third");

    gate.open();
    runLoop();

    assertThat(turns).containsExactly("second", "third");
  }

  private void runLoopUntil(int count) {
    await()
        .until(
            () -> {
              runLoop();
              return turns.size() == count;
            });
  }

  @Test
  void clientsThatDoNotGoOnKeepNobodyWaiting() {
    HandshakeGate gate = gate(2, 1000);
    for (int i = 0; i < 100; i++) {
      Admission silent = enter(gate, "silent");
      if (!silent.isWaiting()) {
        silent.awaitClient();
      }
    }

    runLoopUntil(2);
    assertThat(gate.waiting())
        .as("the two that had their turn have not given it back")
        .isPositive();
  }

  @Test
  void whoseClientGoesOnComesBeforeThoseThatAreNew() {
    HandshakeGate gate = gate(1, 10);
    Admission first = enter(gate, "first");
    first.awaitClient();
    Admission second = enter(gate, "second");
    runLoopUntil(1);
    assertThat(turns).containsExactly("second");
    enter(gate, "third");

    first.resume(() -> turns.add("first again"));
    assertThat(turns).as("the second shakes hands").containsExactly("second");
    second.over();
    runLoopUntil(2);

    assertThat(turns).containsExactly("second", "first again");
    first.over();
    runLoopUntil(3);
    assertThat(turns).endsWith("third");
  }

  @Test
  void aClientThatGoesOnWhileThereIsRoomIsServedAtOnce() {
    HandshakeGate gate = gate(1, 10);
    Admission first = enter(gate, "first");
    first.awaitClient();

    first.resume(() -> turns.add("first"));

    assertThat(turns).containsExactly("first");
    Admission second = enter(gate, "second");
    assertThat(second.isWaiting()).as("the first shakes hands").isTrue();
    first.gone();
    runLoopUntil(2);
  }

  @Test
  void whoLeavesWhileItWaitsToGoOnTakesNobodysPlace() {
    HandshakeGate gate = gate(1, 10);
    Admission first = enter(gate, "first");
    first.awaitClient();
    Admission second = enter(gate, "second");
    runLoopUntil(1);
    first.resume(() -> turns.add("first"));
    first.gone();
    Admission third = enter(gate, "third");
    second.over();
    runLoopUntil(2);

    assertThat(turns).containsExactly("second", "third");
    assertThat(third.refusal()).isNull();
  }
}
