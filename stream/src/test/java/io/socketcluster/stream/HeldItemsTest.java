// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a demux says that it keeps in memory. */
@Timeout(120)
class HeldItemsTest {
  private final StreamDemux<String> demux = new StreamDemux<>();

  private List<String> held() {
    List<String> held = new ArrayList<>();
    demux.forEachHeld((name, item) -> held.add(name + item));
    return held;
  }

  private void write(String name, String... items) {
    for (String item : items) {
      demux.write(name, item);
    }
  }

  @Test
  void isNothingWithoutConsumers() {
    write("a", "1");
    assertThat(held()).isEmpty();
  }

  @Test
  void isWhatTheSlowestConsumerHasNotTaken() throws Exception {
    StreamConsumer<String> slow = demux.stream("a").createConsumer();
    StreamConsumer<String> fast = demux.stream("a").createConsumer();
    write("a", "1", "2", "3");
    fast.next();
    fast.next();
    assertThat(held()).containsExactly("a1", "a2", "a3");
    slow.close();
    assertThat(held()).containsExactly("a2", "a3");
  }

  @Test
  void isAlsoTheItemThatAHandlerIsBusyWith() {
    List<String> seen = new ArrayList<>();
    demux.stream("a").consume(item -> seen.addAll(held()), Runnable::run);
    write("a", "1");
    assertThat(seen).containsExactly("a1");
    assertThat(held()).isEmpty();
  }

  @Test
  void isWhatIsRetainedForConsumersToCome() {
    demux.retain(2, name -> true);
    write("a", "1", "2", "3");
    write("b", "1");
    assertThat(held()).containsExactlyInAnyOrder("a1", "a2", "a3", "b1");
    demux.release();
    assertThat(held()).isEmpty();
  }

  @Test
  void isNothingAfterAKill() {
    demux.retain(2, name -> true);
    demux.stream("b").createConsumer();
    write("a", "1");
    write("b", "1");
    demux.killAll();
    assertThat(held()).isEmpty();
  }

  @Test
  void doesNotIncludeWhatConsumersHaveTakenOnceThatIsReleased() {
    demux.retain(10, name -> true);
    List<String> seen = new ArrayList<>();
    demux.stream("a").consume(seen::add, Runnable::run);
    write("a", "1", "2");
    write("b", "1");
    assertThat(held()).containsExactlyInAnyOrder("a1", "a2", "b1");

    demux.releaseClaimed();

    assertThat(held()).containsExactly("b1");
    assertThat(seen).containsExactly("1", "2");
  }

  @Test
  void isNothingWhenAllWaitForMore() {
    demux.stream("a").consume(item -> {}, Runnable::run);
    demux.stream("a").consume(item -> {}, Runnable::run);
    write("a", "1");
    assertThat(held()).isEmpty();
  }
}
