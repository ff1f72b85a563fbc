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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class OnceTest {
  private static final Duration SHORT = Duration.ofMillis(5);

  private final WritableConsumableStream<String> writable = new WritableConsumableStream<>();
  private final StreamDemux<String> demux = new StreamDemux<>();

  @Test
  void onceIsTheNextValueWrittenAfterTheCall() throws Exception {
    writable.write("early");
    Background<String> once = Background.virtual(() -> writable.once()).parked();
    writable.write("a");
    writable.write("b");

    assertThat(once.get()).isEqualTo("a");
    assertThat(writable.getConsumerCount()).isZero();
  }

  @Test
  void onceThrowsWhenTheStreamEnds() throws Exception {
    Background<String> once = Background.virtual(() -> writable.once()).parked();
    writable.close("bye");

    assertThatThrownBy(once::get)
        .isInstanceOfSatisfying(
            StreamEndedException.class, e -> assertThat(e.value()).isEqualTo("bye"));
  }

  @Test
  void onceWithATimeoutThrowsWhenTheStreamEnds() throws Exception {
    Background<String> once =
        Background.virtual(() -> demux.stream("a").once(Background.PATIENCE)).parked();
    demux.kill("a");

    assertThatThrownBy(once::get).isInstanceOf(StreamEndedException.class);
  }

  @Test
  void nextIsTheNextItemOrTheEnd() throws Exception {
    Background<StreamItem<String>> value =
        Background.virtual(() -> demux.stream("a").next()).parked();
    demux.write("a", "x");
    assertThat(value.get()).isEqualTo(new Value<>("x"));

    Background<StreamItem<String>> end =
        Background.virtual(() -> demux.stream("a").next(Background.PATIENCE)).parked();
    demux.close("a", "bye");
    assertThat(end.get()).isEqualTo(new End<>("bye"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void timeoutLeavesNoTrace(boolean named) {
    ConsumableStream<String> stream = named ? demux.stream("a") : writable;
    assertThatThrownBy(() -> stream.once(SHORT)).isInstanceOf(StreamTimeoutException.class);
    assertThatThrownBy(() -> stream.next(SHORT)).isInstanceOf(StreamTimeoutException.class);

    assertThat(demux.getConsumerCountAll() + writable.getConsumerCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interruptLeavesNoTrace(boolean named) throws Exception {
    ConsumableStream<String> stream = named ? demux.stream("a") : writable;
    Background<String> once = Background.virtual(() -> stream.once()).parked();
    once.thread.interrupt();

    assertThatThrownBy(once::get).isInstanceOf(InterruptedException.class);
    assertThat(demux.getConsumerCountAll() + writable.getConsumerCount()).isZero();
  }

  @Test
  void idleStreamPolledManyTimesStaysEmpty() throws Exception {
    StreamHome<String> home = new StreamHome<>(null);
    StreamCore<String> core = new StreamCore<>(home, null, false);
    core.join(null);
    for (int i = 0; i < 100_000; i++) {
      assertThat(timesOut(requireNonNull(core.join(Duration.ZERO)))).isTrue();
    }

    assertThat(core.consumerCount()).isOne();
    assertThat(core.isAwaited()).isFalse();
  }

  private static boolean timesOut(Cursor<String> cursor) throws InterruptedException {
    try {
      cursor.takeOnly();
      return false;
    } catch (StreamTimeoutException e) {
      return true;
    }
  }

  @Test
  void manyOnceCallsAtOnceGetTheSameItem() throws Exception {
    List<Background<String>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(Background.virtual(() -> writable.once()));
    }
    Awaitility.await().until(() -> writable.getConsumerCount() == 200);
    writable.write("a");

    for (Background<String> call : calls) {
      assertThat(call.get()).isEqualTo("a");
    }
    assertThat(writable.getConsumerCount()).isZero();
  }
}
