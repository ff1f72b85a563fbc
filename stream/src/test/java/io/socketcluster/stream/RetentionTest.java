// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RetentionTest {
  private final NamedStreams<String> streams = new NamedStreams<>(null);
  private final StreamDemux<String> demux = new StreamDemux<>();

  private void retain(int limit) {
    demux.retain(limit, name -> name.startsWith("a"));
  }

  private List<String> consumed(String name) {
    List<String> seen = new ArrayList<>();
    demux.stream(name).consume(seen::add, Runnable::run);
    return seen;
  }

  @Test
  void everyConsumerCreatedMeanwhileStartsAtTheBeginning() throws Exception {
    retain(10);
    demux.write("a", "1");
    List<String> handler = consumed("a");
    demux.write("a", "2");
    StreamConsumer<String> consumer = demux.stream("a").createConsumer();

    assertThat(handler).containsExactly("1", "2");
    assertThat(consumer.getBackpressure()).isEqualTo(2);
    assertThat(consumer.next()).isEqualTo(new Value<>("1"));
    assertThat(demux.stream("a").iterator().next()).isEqualTo("1");
  }

  @Test
  void aConsumerThatJoinsJustBeforeTheReleaseGetsWhatIsWrittenMeanwhile() {
    Queue<List<String>> seen = new ArrayDeque<>();
    demux.retain(10, name -> joinsAndReleases(name, seen)); // asked within the write

    demux.write("a", "1");

    assertThat(seen.remove()).containsExactly("1");
  }

  private boolean joinsAndReleases(String name, Queue<List<String>> seen) {
    demux.release();
    seen.add(consumed(name));
    return false;
  }

  @Test
  void whatHasAConsumerIsNotUnclaimed() {
    retain(10);
    assertThat(demux.hasUnclaimed()).isFalse();
    demux.write("a", "1");
    assertThat(demux.hasUnclaimed()).isTrue();
    consumed("a");
    assertThat(demux.hasUnclaimed()).isFalse();
  }

  @Test
  void whatAConsumerThatLeftHasTakenIsNotGivenToTheNext() throws Exception {
    retain(10);
    demux.write("a", "1");
    demux.write("a", "2");
    demux.write("a", "3");

    assertThat(demux.stream("a").once()).isEqualTo("1");
    assertThat(demux.stream("a").once()).isEqualTo("2");
    assertThat(consumed("a")).containsExactly("3");
  }

  @Test
  void beginningIsTheCallOfRetainForAStreamThatExists() throws Exception {
    List<String> early = consumed("a");
    demux.write("a", "before");
    retain(10);
    demux.write("a", "after");
    StreamConsumer<String> late = demux.stream("a").createConsumer();

    assertThat(early).containsExactly("before", "after");
    assertThat(late.next()).isEqualTo(new Value<>("after"));
  }

  @Test
  void streamsWhoseNameDoesNotMatchAreNotKept() {
    retain(10);
    demux.write("b", "1");

    assertThat(consumed("b")).isEmpty();
  }

  @Test
  void afterReleaseConsumersStartAtTheEnd() {
    retain(10);
    demux.write("a1", "1");
    demux.write("a2", "1");
    List<String> before = consumed("a1");
    demux.release();
    demux.release();

    assertThat(consumed("a1")).isEmpty();
    assertThat(consumed("a2")).isEmpty();
    demux.write("a1", "2");
    assertThat(before).containsExactly("1", "2");
    demux.write("a3", "lost");
    assertThat(consumed("a3")).isEmpty();
  }

  @Test
  void releaseDropsStreamsWithoutConsumers() {
    streams.retain(10, name -> true);
    streams.write("a", "1");
    streams.write("b", "1");
    Cursor<String> cursor = streams.join("b", null);
    assertThat(streams.all()).hasSize(2);
    streams.release();
    assertThat(streams.all()).containsExactly(cursor.core);

    cursor.leave();
    assertThat(streams.all()).isEmpty();
  }

  @Test
  void streamOutlivesItsConsumersWhileItIsKept() throws Exception {
    retain(10);
    demux.write("a", "1");
    demux.stream("a").createConsumer().close();

    assertThat(demux.stream("a").once()).isEqualTo("1");
  }

  @Test
  void saturatedWhenTheItemsWithoutConsumersReachTheLimitAllTogether() {
    assertThat(demux.isSaturated()).isFalse();
    retain(3);
    demux.write("a1", "1");
    demux.write("a2", "1");
    demux.write("b", "not kept");
    assertThat(demux.isSaturated()).isFalse();
    demux.write("a2", "2");
    assertThat(demux.isSaturated()).isTrue();

    consumed("a1");
    assertThat(demux.isSaturated()).as("one of them is consumed").isFalse();
    demux.write("a1", "2");
    demux.write("a2", "3");
    assertThat(demux.isSaturated()).isTrue();
    demux.release();
    assertThat(demux.isSaturated()).isFalse();
  }

  @Test
  void consumedStreamIsKeptUpToTheLimit() {
    retain(2);
    consumed("a");
    demux.write("a", "1");
    demux.write("a", "2");
    assertThat(consumed("a")).containsExactly("1", "2");
    demux.write("a", "3");

    assertThat(consumed("a")).isEmpty();
    assertThat(demux.isSaturated()).isFalse();
  }

  @Test
  void aReplayGivesWhatAConsumerThatLeftHasTakenToTheNext() throws Exception {
    retain(10);
    demux.write("a", "1");
    demux.replay();

    assertThat(demux.stream("a").once()).isEqualTo("1");
    assertThat(demux.stream("a").once()).isEqualTo("1");
  }

  @Test
  void closeIsKeptAndKillDropsWhatIsKept() throws Exception {
    retain(10);
    demux.write("a1", "1");
    demux.write("a2", "1");
    demux.close("a1", "bye");
    demux.kill("a2");
    StreamConsumer<String> closed = demux.stream("a1").createConsumer();

    assertThat(closed.next()).isEqualTo(new Value<>("1"));
    assertThat(closed.next()).isEqualTo(new End<>("bye"));
    assertThat(consumed("a2")).isEmpty();
  }

  @Test
  void unstreamDropsWhatIsKept() {
    retain(10);
    demux.write("a", "1");
    demux.unstream("a");
    assertThat(consumed("a")).isEmpty();
  }

  @Test
  void canBeginAgainAfterRelease() {
    retain(10);
    demux.write("a", "1");
    assertThatThrownBy(() -> retain(10)).isInstanceOf(IllegalStateException.class);
    demux.release();
    retain(10);
    demux.write("a", "2");

    assertThat(consumed("a")).containsExactly("2");
  }

  @Test
  void limitMustBePositive() {
    assertThatThrownBy(() -> retain(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was 0");
  }

  @Test
  void keptItemsAreHandedOutEvenIfNothingIsWrittenLater() throws Exception {
    retain(10);
    demux.write("a", "1");
    demux.close("a");
    List<String> seen = new ArrayList<>();
    Consumption consumption = demux.stream("a").consume(seen::add);
    consumption.ended().toCompletableFuture().get();

    assertThat(seen).containsExactly("1");
  }
}
