// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One stream of a demux that is kept from its beginning. */
@Timeout(120)
class StreamRetentionTest {
  private static final Duration NOT_AT_ALL = Duration.ZERO;

  private final NamedStreams<String> streams = new NamedStreams<>(null);
  private final StreamDemux<String> demux = new StreamDemux<>();

  private List<String> consumed(String name) {
    List<String> seen = new ArrayList<>();
    demux.stream(name).consume(seen::add, Runnable::run);
    return seen;
  }

  private void write(String name, String... items) {
    for (String item : items) {
      demux.write(name, item);
    }
  }

  @Test
  void whoConsumesLaterStartsAtTheBeginning() {
    demux.retain("a", 10);
    write("a", "1", "2");

    assertThat(consumed("a")).containsExactly("1", "2");
    assertThat(consumed("a")).containsExactly("1", "2");
  }

  @Test
  void otherStreamsAreNotKept() {
    demux.retain("a", 10);
    write("b", "1");

    assertThat(consumed("b")).isEmpty();
  }

  @Test
  void whatOnceHasTakenIsNotGivenToTheNext() throws Exception {
    demux.retain("a", 10);
    write("a", "1");

    assertThat(demux.stream("a").once()).isEqualTo("1");
    assertThatThrownBy(() -> demux.stream("a").once(NOT_AT_ALL))
        .isInstanceOf(StreamTimeoutException.class);
  }

  @Test
  void ofMoreThanTheLimitTheNewestAreKept() {
    demux.retain("a", 3);
    write("a", "1", "2", "3", "4", "5");

    assertThat(consumed("a")).containsExactly("3", "4", "5");
  }

  @Test
  void whatAConsumerTakesIsNotKeptBeyondTheLimit() {
    demux.retain("a", 2);
    List<String> early = consumed("a");
    write("a", "1", "2", "3");

    assertThat(early).containsExactly("1", "2", "3");
    assertThat(consumed("a")).isEmpty();
  }

  @Test
  void afterTheReleaseConsumersStartAtTheEndAndNothingIsLeft() {
    streams.retainStream("a", 10);
    streams.write("a", "1");
    streams.releaseStream("a");

    assertThat(streams.find("a")).isNull();
    assertThat(streams.join("a", null).backpressure()).isZero();
  }

  @Test
  void aConsumerThatCameBeforeTheReleaseKeepsItsBacklog() throws Exception {
    demux.retain("a", 10);
    write("a", "1");
    StreamConsumer<String> consumer = demux.stream("a").createConsumer();
    demux.release("a");

    assertThat(consumer.getBackpressure()).isEqualTo(1);
    assertThat(consumer.next()).isEqualTo(new StreamItem.Value<>("1"));
  }

  @Test
  void aStreamCanBeKeptAgain() {
    demux.retain("a", 1);
    demux.release("a");
    demux.retain("a", 10);
    write("a", "1", "2");

    assertThat(consumed("a")).containsExactly("1", "2");
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThatThrownBy(() -> demux.retain("a", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
  }
}
