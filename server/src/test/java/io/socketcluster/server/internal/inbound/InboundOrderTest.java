// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboundOrderTest {
  private static final int LIMIT = 1000;
  private static final int OVERHEAD = 32;

  private long now;
  private final List<Runnable> timers = new ArrayList<>();
  private final LoopTurns turns = new LoopTurns((task, nanos) -> timers.add(task), () -> now);
  private final Socket socket = new Socket();
  private final InboundOrder order = new InboundOrder(socket, turns, LIMIT);

  /** Holds the order at each event whose name begins with "hold". */
  private final class Socket implements InboundOrder.Processor {
    private final List<String> dispatched = new ArrayList<>();
    private final List<Integer> grown = new ArrayList<>();
    private boolean awaiting;
    private boolean reading = true;
    private Runnable work = () -> {};
    private int peeked;

    @Override
    public void grew(int bytes) {
      grown.add(bytes);
    }

    @Override
    public List<Packet> decode(byte[] message) {
      return new JsonCodec().decode(message);
    }

    @Override
    public List<Packet> peek(byte[] message) {
      peeked++;
      return decode(message);
    }

    @Override
    public void dispatch(Packet packet) {
      work.run();
      if (packet instanceof ResponsePacket response) {
        dispatched.add("answer " + response.rid());
      } else if (packet instanceof EventPacket event) {
        dispatched.add(event.event());
        if (event.event().startsWith("hold")) {
          order.hold();
        }
      }
    }

    @Override
    public void onRoom() {}

    @Override
    public boolean awaitsAnswer() {
      return awaiting;
    }

    @Override
    public void setReading(boolean isReading) {
      reading = isReading;
    }
  }

  private static String event(String name) {
    return "{\"event\":\"" + name + "\"}";
  }

  private static byte[] message(String... packets) {
    String text = packets.length == 1 ? packets[0] : "[" + String.join(",", packets) + "]";
    return text.getBytes(UTF_8);
  }

  private void accept(String... packets) {
    order.accept(message(packets));
  }

  private static byte[] large(int bytes) {
    String text = event("large");
    return (text + " ".repeat(bytes - text.length())).getBytes(UTF_8);
  }

  @Test
  void whatComesWhileAPacketIsHeldWaitsInItsOrder() {
    accept(event("hold"), event("b"));
    accept(event("c"));
    accept(event("d"));

    assertThat(socket.dispatched).containsExactly("hold");
    assertThat(order.backlog()).isEqualTo(2);
    order.release();
    assertThat(socket.dispatched).containsExactly("hold", "b", "c", "d");
    assertThat(order.backlog()).isZero();
    assertThat(order.isIdle()).isTrue();
  }

  @Test
  void aPacketIsHeldUntilAllHoldsAreReleased() {
    accept(event("hold"));
    order.hold();
    accept(event("b"));

    order.release();
    assertThat(socket.dispatched).containsExactly("hold");
    order.release();
    assertThat(socket.dispatched).containsExactly("hold", "b");
  }

  @Test
  void anAnswerPassesWhatWaits() {
    accept(event("hold"));
    accept(event("b"));
    socket.awaiting = true;
    accept("{\"rid\":1}");

    assertThat(socket.dispatched).containsExactly("hold", "answer 1");
    assertThat(order.backlog()).isEqualTo(1);
  }

  @Test
  void onlyTheAnswersOfABatchPass() {
    accept(event("hold"));
    socket.awaiting = true;
    accept(event("b"), "{\"rid\":1}", event("c"), "{\"rid\":2}");

    assertThat(socket.dispatched).containsExactly("hold", "answer 1", "answer 2");
    order.release();
    assertThat(socket.dispatched).endsWith("b", "c");
  }

  @Test
  void theAnswersOfABatchComeBeforeAPacketOfItThatIsHeld() {
    socket.awaiting = true;
    accept(event("hold"), "{\"rid\":1}", event("b"));

    assertThat(socket.dispatched).containsExactly("answer 1", "hold");
    order.release();
    assertThat(socket.dispatched).endsWith("b");
  }

  @Test
  void nothingIsReadBeforeItsTurnWhileNoAnswerIsAwaited() {
    accept(event("hold"));
    accept("{\"rid\":1}");

    assertThat(socket.peeked).isZero();
    order.release();
    assertThat(socket.dispatched).containsExactly("hold", "answer 1");
  }

  @Test
  void theBytesOfAMessageAreToldWhenItsTurnComes() {
    accept(event("hold"));
    order.accept(large(300));
    socket.awaiting = true;
    accept("{\"rid\":1}", event("b"));

    socket.grown.clear();
    order.release();
    assertThat(socket.grown).containsExactly(300, message("{\"rid\":1}", event("b")).length);
  }

  @Test
  void readingPausesPastTheLimitAndGoesOnAtHalfOfIt() {
    accept(event("hold"));
    order.accept(large(LIMIT - OVERHEAD));
    assertThat(socket.reading).isTrue();
    order.accept(large(100));
    assertThat(socket.reading).isFalse();

    order.release();
    assertThat(socket.reading).isTrue();
  }

  @Test
  void anAwaitedAnswerIsReadUpToTwiceTheLimit() {
    accept(event("hold"));
    order.accept(large(LIMIT));
    assertThat(socket.reading).isFalse();

    socket.awaiting = true;
    order.answerAwaited();
    assertThat(socket.reading).isTrue();
    order.accept(large(LIMIT));
    assertThat(socket.reading).isFalse();
    order.answerAwaited();
    assertThat(socket.reading).isFalse();
  }

  @Test
  void aMarkIsReachedBehindWhatWaits() {
    accept(event("hold"), event("b"));
    accept(event("c"));
    order.mark(() -> socket.dispatched.add("mark"));
    accept(event("d"));

    order.release();
    assertThat(socket.dispatched).containsExactly("hold", "b", "c", "mark", "d");
  }

  @Test
  void anInterjectionComesBeforeThePacketsThatWait() {
    accept(event("hold"), event("b"));
    order.interject(() -> socket.dispatched.add("interjected"));

    assertThat(socket.dispatched).containsExactly("hold");
    order.release();
    assertThat(socket.dispatched).containsExactly("hold", "interjected", "b");
  }

  @Test
  void anInterjectionCanHoldWhatWaits() {
    accept(event("hold"), event("b"));
    order.interject(order::hold);
    order.release();

    assertThat(socket.dispatched).containsExactly("hold");
    order.release();
    assertThat(socket.dispatched).containsExactly("hold", "b");
  }

  @Test
  void nothingIsDispatchedAfterAStop() {
    accept(event("hold"), event("b"));
    accept(event("c"));
    order.stop();
    socket.awaiting = true;
    accept("{\"rid\":1}");
    order.release();

    assertThat(socket.dispatched).containsExactly("hold");
    assertThat(order.backlog()).isZero();
  }

  private static String[] events(int count) {
    return IntStream.range(0, count).mapToObj(i -> event("e" + i)).toArray(String[]::new);
  }

  /** Every dispatch takes as long from now on. */
  private void eachTakes(long nanos) {
    socket.work = () -> now += nanos;
  }

  private void runTimer() {
    now += 1_000_000;
    timers.removeFirst().run();
  }

  @Test
  void aBatchBeyondTheShareOfATurnIsHandedOn() {
    eachTakes(10_000);
    accept(events(1_000));
    int first = socket.dispatched.size();
    assertThat(first).isBetween(32, 200);
    accept(event("behind"));
    order.readComplete();
    assertThat(socket.dispatched).hasSize(first);

    while (!timers.isEmpty()) {
      runTimer();
    }
    assertThat(socket.dispatched).hasSize(1_001).endsWith("e998", "e999", "behind");
    assertThat(order.isIdle()).isTrue();
  }

  @Test
  void theShareOfASocketIsItsOwn() {
    eachTakes(10_000);
    accept(events(1_000));
    Socket other = new Socket();
    InboundOrder quiet = new InboundOrder(other, turns, LIMIT);
    quiet.accept(message(events(32)));

    assertThat(other.dispatched).hasSize(32);
  }

  @Test
  void manyMessagesOfOneReadAreHandedOnToo() {
    eachTakes(100_000);
    for (String next : events(200)) {
      accept(next);
    }
    int first = socket.dispatched.size();
    assertThat(first).isLessThan(100);
    assertThat(order.backlog()).isEqualTo(199 - first);

    while (!timers.isEmpty()) {
      runTimer();
    }
    assertThat(socket.dispatched).containsExactly(names(200));
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "e" + i).toArray(String[]::new);
  }

  @Test
  void aLargeMessageWaitsUntilTheLoopHasTime() {
    eachTakes(10_000_000);
    order.accept(large(20_000));
    eachTakes(0);
    accept(event("a"));
    assertThat(socket.dispatched).containsExactly("large", "a");
    order.accept(large(20_000));
    accept(event("b"));
    assertThat(socket.dispatched).hasSize(2);

    for (int i = 0; i < 30; i++) {
      now += 1_000_000;
    }
    timers.removeFirst().run();
    assertThat(socket.dispatched).endsWith("large", "b");
  }

  @Test
  void anAnswerPassesWhatWaitsForTheTurn() {
    eachTakes(100_000);
    accept(events(200));
    socket.awaiting = true;
    accept("{\"rid\":1}");

    assertThat(socket.dispatched).endsWith("answer 1");
  }

  @Test
  void aSocketThatIsStoppedDoesNothingWithItsTurn() {
    eachTakes(100_000);
    accept(events(200));
    int first = socket.dispatched.size();
    order.stop();
    runTimer();

    assertThat(socket.dispatched).hasSize(first);
    assertThat(timers).isEmpty();
  }
}
