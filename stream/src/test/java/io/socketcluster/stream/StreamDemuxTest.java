// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamDemuxTest {
  private final StreamDemux<String> demux = new StreamDemux<>();

  @Test
  void itemsReachTheStreamOfTheirName() throws Exception {
    StreamConsumer<String> a = demux.stream("a").createConsumer();
    StreamConsumer<String> b = demux.stream("b").createConsumer();
    demux.write("a", "1");
    demux.write("b", "2");
    demux.write("nobody", "3");

    assertThat(a.next()).isEqualTo(new Value<>("1"));
    assertThat(b.next()).isEqualTo(new Value<>("2"));
    assertThat(demux.getBackpressureAll()).isZero();
  }

  @Test
  void streamsComeAndGoByTheDozen() throws Exception {
    List<StreamConsumer<String>> consumers = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      consumers.add(demux.stream("stream " + i).createConsumer());
      demux.write("stream " + i, "first " + i);
      demux.write("stream 0", "again " + i);
    }
    assertThat(demux.getConsumerCountAll()).isEqualTo(24);
    assertThat(demux.getBackpressure("stream 0")).isEqualTo(25);

    for (int i = 23; i > 0; i--) {
      assertThat(consumers.get(i).next()).isEqualTo(new Value<>("first " + i));
      demux.kill("stream " + i);
      assertThat(demux.getConsumerCountAll()).isEqualTo(i);
      assertThat(demux.getConsumerCount("stream " + i)).isZero();
    }
    demux.unstream("stream 0");
    assertThat(demux.getConsumerCountAll()).isZero();
    assertThat(consumers.getFirst().next()).isEqualTo(new Value<>("first 0"));
  }

  @Test
  void closeAndKillByName() throws Exception {
    StreamConsumer<String> a = demux.stream("a").createConsumer();
    StreamConsumer<String> b = demux.stream("b").createConsumer();
    demux.write("a", "1");
    demux.write("b", "2");
    demux.close("a", "bye");
    demux.kill("b", "dead");
    demux.close("nobody");
    demux.kill("nobody");

    assertThat(a.next()).isEqualTo(new Value<>("1"));
    assertThat(a.next()).isEqualTo(new End<>("bye"));
    assertThat(b.next()).isEqualTo(new End<>("dead"));
    assertThat(demux.getConsumerCountAll()).isZero();
  }

  @Test
  void closeAllAndKillAllReachEveryStream() throws Exception {
    demux.closeAll();
    demux.killAll();
    StreamConsumer<String> a = demux.stream("a").createConsumer();
    StreamConsumer<String> b = demux.stream("b").createConsumer();
    demux.write("a", "1");
    demux.closeAll("bye");
    assertThat(a.next()).isEqualTo(new Value<>("1"));
    assertThat(a.next()).isEqualTo(new End<>("bye"));
    assertThat(b.next()).isEqualTo(new End<>("bye"));

    StreamConsumer<String> c = demux.stream("a").createConsumer();
    demux.write("a", "1");
    demux.killAll("dead");
    assertThat(c.next()).isEqualTo(new End<>("dead"));
  }

  @Test
  void consumersAreReachedByIdWhateverTheirStream() throws Exception {
    StreamConsumer<String> a = demux.stream("a").createConsumer();
    StreamConsumer<String> b = demux.stream("b").createConsumer();
    assertThat(a.id()).isNotEqualTo(b.id());
    demux.writeToConsumer(a.id(), "1");
    demux.closeConsumer(a.id(), "bye");
    demux.writeToConsumer(b.id(), "2");
    demux.killConsumer(b.id(), "dead");
    demux.writeToConsumer(99, "x");
    demux.closeConsumer(99);
    demux.killConsumer(99);

    assertThat(a.next()).isEqualTo(new Value<>("1"));
    assertThat(a.next()).isEqualTo(new End<>("bye"));
    assertThat(b.next()).isEqualTo(new End<>("dead"));
  }

  @Test
  void backpressureIsToldByNameByConsumerAndOverall() {
    StreamConsumer<String> a = demux.stream("a").createConsumer();
    StreamConsumer<String> b = demux.stream("b").createConsumer();
    demux.write("a", "1");
    demux.write("b", "1");
    demux.write("b", "2");

    assertThat(demux.getBackpressure("a")).isEqualTo(1);
    assertThat(demux.getBackpressure("b")).isEqualTo(2);
    assertThat(demux.getBackpressure("nobody")).isZero();
    assertThat(demux.getBackpressureAll()).isEqualTo(2);
    assertThat(demux.getConsumerBackpressure(a.id())).isEqualTo(1);
    assertThat(demux.getConsumerBackpressure(b.id())).isEqualTo(2);
    assertThat(demux.getConsumerBackpressure(99)).isZero();
  }

  @Test
  void statsNameTheStream() {
    StreamConsumer<String> a = demux.stream("a").createConsumer(Duration.ofSeconds(1));
    StreamConsumer<String> b = demux.stream("b").createConsumer();
    ConsumerStats statsA = new ConsumerStats(a.id(), 0, Duration.ofSeconds(1), "a");
    ConsumerStats statsB = new ConsumerStats(b.id(), 0, null, "b");

    assertThat(demux.getConsumerStats(a.id())).isEqualTo(statsA);
    assertThat(demux.getConsumerStats(99)).isNull();
    assertThat(demux.getConsumerStatsList("b")).containsExactly(statsB);
    assertThat(demux.getConsumerStatsList("nobody")).isEmpty();
    assertThat(demux.getConsumerStatsListAll()).containsExactlyInAnyOrder(statsA, statsB);
    assertThat(demux.hasConsumer("a", a.id())).isTrue();
    assertThat(demux.hasConsumer("b", a.id())).isFalse();
    assertThat(demux.hasConsumer("nobody", a.id())).isFalse();
    assertThat(demux.hasConsumerAll(b.id())).isTrue();
    assertThat(demux.hasConsumerAll(99)).isFalse();
    assertThat(demux.getConsumerCount("a")).isEqualTo(1);
    assertThat(demux.getConsumerCount("nobody")).isZero();
    assertThat(demux.getConsumerCountAll()).isEqualTo(2);
  }

  @Test
  void viewCreatesNoStreamUntilItIsConsumed() {
    NamedStreams<String> streams = new NamedStreams<>(null);
    DemuxedStream<String> view = new DemuxedStream<>(streams, "a");
    streams.write("a", "lost");
    assertThat(streams.all()).isEmpty();

    StreamConsumer<String> consumer = view.createConsumer();
    assertThat(streams.all()).hasSize(1);
    consumer.close();
    assertThat(streams.all()).as("the last consumer has gone").isEmpty();
  }

  @Test
  void streamGoesAwayWithItsLastConsumerHoweverThatEnds() throws Exception {
    NamedStreams<String> streams = new NamedStreams<>(null);
    DemuxedStream<String> view = new DemuxedStream<>(streams, "a");
    assertThatThrownBy(() -> view.once(Duration.ZERO)).isInstanceOf(StreamTimeoutException.class);
    assertThat(streams.all()).isEmpty();

    view.consume(item -> {}).close();
    assertThat(streams.all()).isEmpty();

    StreamConsumer<String> closed = view.createConsumer();
    requireNonNull(streams.find("a")).close(null);
    closed.next();
    assertThat(streams.all()).isEmpty();

    view.createConsumer();
    StreamConsumerTest.awaitCollected(() -> streams.all().isEmpty());
  }

  @Test
  void unstreamForgetsTheStreamAndEndsItsConsumersAfterTheirBacklog() throws Exception {
    StreamConsumer<String> old = demux.stream("a").createConsumer();
    demux.write("a", "1");
    demux.unstream("a");
    demux.unstream("nobody");
    assertThat(demux.hasConsumerAll(old.id())).isFalse();
    StreamConsumer<String> fresh = demux.stream("a").createConsumer();
    demux.write("a", "2");

    assertThat(old.next()).isEqualTo(new Value<>("1"));
    assertThat(old.next()).isEqualTo(new End<>(null));
    assertThat(fresh.next()).isEqualTo(new Value<>("2"));
    assertThat(demux.getConsumerCount("a")).isEqualTo(1);
  }

  @Test
  void handledTellsWhenAllConsumersAreDoneWithWhatWasWritten() throws Exception {
    assertThat(demux.handled("nobody").getAsBoolean()).isTrue();
    List<Runnable> tasks = new ArrayList<>();
    StreamConsumer<String> loop = demux.stream("a").createConsumer(Duration.ZERO);
    demux.stream("a").consume(item -> {}, tasks::add);
    demux.write("a", "1");
    BooleanSupplier handled = demux.handled("a");
    loop.next();
    tasks.getFirst().run();
    assertThat(handled.getAsBoolean()).as("the loop has not come round").isFalse();

    Background<StreamItem<String>> waiting =
        Background.virtual(() -> demux.stream("a").createConsumer().next()).parked();
    loop.close();
    assertThat(handled.getAsBoolean()).isTrue();
    demux.kill("a");
    waiting.get();
  }

  @Test
  void failingHandlersAreReportedToTheDemux() {
    List<Object> failed = new ArrayList<>();
    StreamDemux<String> reporting = new StreamDemux<>((item, error) -> failed.add(item));
    reporting.stream("a")
        .consume(
            item -> {
              throw new Exception("expected");
            },
            Runnable::run);
    reporting.write("a", "bad");

    assertThat(failed).containsExactly("bad");
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsRefused() {
    assertThatThrownBy(() -> demux.write("a", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> demux.write(null, "x")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> demux.stream(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> demux.unstream(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void afterTheEndWhoeverConsumesFindsTheEnd() throws Exception {
    StreamDemux<String> demux = new StreamDemux<>();
    StreamConsumer<String> before = demux.stream("a").createConsumer();
    demux.retain(10, name -> true);
    demux.write("a", "kept");
    demux.end();

    assertThat(before.next()).isEqualTo(new StreamItem.End<>(null));
    assertThat(demux.stream("a").iterator().hasNext()).isFalse();
    assertThat(demux.stream("a").consume(item -> {}).ended()).isCompleted();
    assertThat(demux.getConsumerCountAll()).isZero();
  }

  @Test
  void theEndAfterTheBacklogLetsConsumersFinishAndNobodyBegin() throws Exception {
    StreamConsumer<String> before = demux.stream("a").createConsumer();
    demux.retain(10, name -> true);
    demux.write("a", "first");
    demux.write("a", "second");
    demux.endAfterBacklog();
    demux.write("a", "too late");

    assertThat(before.next()).isEqualTo(new Value<>("first"));
    assertThat(before.next()).isEqualTo(new Value<>("second"));
    assertThat(before.next()).isEqualTo(new End<>(null));
    demux.release();
    assertThat(demux.stream("a").iterator().hasNext()).isFalse();
    assertThat(demux.stream("b").consume(item -> {}).ended()).isCompleted();
    assertThat(demux.getConsumerCountAll()).isZero();
  }

  @Test
  void theEndAfterTheBacklogComesBehindWhatIsRetainedForThoseWhoComeLate() throws Exception {
    StreamConsumer<String> before = demux.stream("a").createConsumer();
    demux.retain(10, name -> true);
    demux.write("a", "for all");
    demux.write("b", "for the late");
    demux.endAfterBacklog();

    for (StreamConsumer<String> consumer : List.of(before, demux.stream("a").createConsumer())) {
      assertThat(consumer.next()).isEqualTo(new Value<>("for all"));
      assertThat(consumer.next()).isEqualTo(new End<>(null));
    }
    assertThat(demux.stream("b").once()).isEqualTo("for the late");
    assertThat(demux.stream("b").next()).isEqualTo(new End<>(null));
    assertThat(demux.stream("c").next()).isEqualTo(new End<>(null));
  }

  @Test
  void aConsumerThatHasNothingToTakeEndsWithTheCloseItself() {
    List<String> seen = new ArrayList<>();
    List<Runnable> tasks = new ArrayList<>();
    Consumption idle = demux.stream("a").consume(seen::add, tasks::add);
    Consumption behind = demux.stream("b").consume(seen::add, tasks::add);
    demux.write("b", "last");
    assertThat(demux.isIdle()).isFalse();
    demux.endAfterBacklog();

    assertThat(idle.ended()).isCompleted();
    assertThat(behind.ended()).isNotCompleted();
    assertThat(tasks).hasSize(1);
    tasks.removeFirst().run();
    assertThat(seen).containsExactly("last");
    assertThat(behind.ended()).isCompleted();
    assertThat(demux.isIdle()).isTrue();
  }

  @Test
  void aConsumerIsBusyFromItsFirstItemOnWhileMoreWaitsForIt() throws Exception {
    StreamConsumer<String> consumer = demux.stream("a").createConsumer();
    demux.write("a", "in hand");
    demux.write("a", "behind");
    assertThat(demux.busyConsumers()).isEmpty();

    consumer.next();
    assertThat(demux.busyConsumers())
        .containsExactly(Map.entry(consumer.id(), Thread.currentThread()));

    consumer.next();
    assertThat(demux.busyConsumers()).isEmpty();
    assertThat(demux.isIdle()).isFalse();
  }
}
