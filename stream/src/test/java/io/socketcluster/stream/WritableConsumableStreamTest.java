// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.stream.StreamItem.End;
import io.socketcluster.stream.StreamItem.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WritableConsumableStreamTest {
  private final WritableConsumableStream<String> stream = new WritableConsumableStream<>();

  @Test
  void consumerSeesWhatIsWrittenAfterItWasCreatedInOrder() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    stream.write("a");
    stream.write("b");

    assertThat(consumer.next()).isEqualTo(new Value<>("a"));
    assertThat(consumer.next()).isEqualTo(new Value<>("b"));
  }

  @Test
  void consumerCreatedAfterAWriteDoesNotSeeIt() throws Exception {
    stream.write("early");
    StreamConsumer<String> consumer = stream.createConsumer();
    stream.write("late");

    assertThat(consumer.next()).isEqualTo(new Value<>("late"));
  }

  @Test
  void everyConsumerSeesEveryItem() throws Exception {
    StreamConsumer<String> first = stream.createConsumer();
    stream.write("a");
    StreamConsumer<String> second = stream.createConsumer();
    stream.write("b");

    assertThat(first.next()).isEqualTo(new Value<>("a"));
    assertThat(first.next()).isEqualTo(new Value<>("b"));
    assertThat(second.next()).isEqualTo(new Value<>("b"));
  }

  @Test
  void closeEndsConsumersAfterTheirBacklog() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    stream.write("a");
    stream.close("bye");

    assertThat(stream.hasConsumer(consumer.id())).isTrue();
    assertThat(consumer.next()).isEqualTo(new Value<>("a"));
    assertThat(consumer.next()).isEqualTo(new End<>("bye"));
    assertThat(consumer.next()).as("the end stays").isEqualTo(new End<>("bye"));
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void closeWithoutAValueEndsWithoutAValue() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    stream.close();

    assertThat(consumer.next()).isEqualTo(new End<>(null));
  }

  @Test
  void closedStreamCanBeWrittenAndConsumedAgain() throws Exception {
    StreamConsumer<String> before = stream.createConsumer();
    stream.close();
    StreamConsumer<String> after = stream.createConsumer();
    stream.write("again");

    assertThat(before.next()).isEqualTo(new End<>(null));
    assertThat(after.next()).isEqualTo(new Value<>("again"));
  }

  @Test
  void killEndsConsumersAtOnceAndDropsTheirBacklog() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    stream.write("never seen");
    stream.kill("dead");

    assertThat(stream.getConsumerCount()).isZero();
    assertThat(consumer.getBackpressure()).isZero();
    assertThat(consumer.next()).isEqualTo(new End<>("dead"));
    assertThat(consumer.next()).isEqualTo(new End<>("dead"));
  }

  @Test
  void killOvertakesAClose() throws Exception {
    StreamConsumer<String> consumer = stream.createConsumer();
    stream.write("never seen");
    stream.close("closed");
    stream.kill();

    assertThat(consumer.next()).isEqualTo(new End<>(null));
  }

  @Test
  void killedStreamCanBeWrittenAndConsumedAgain() throws Exception {
    stream.createConsumer();
    stream.kill();
    StreamConsumer<String> after = stream.createConsumer();
    stream.write("again");

    assertThat(after.next()).isEqualTo(new Value<>("again"));
  }

  @Test
  void killAndCloseWakeThoseWhoWait() throws Exception {
    Background<StreamItem<String>> one = Background.virtual(stream::next).parked();
    Background<StreamItem<String>> two = Background.platform(stream::next).parked();
    stream.kill("killed");
    assertThat(one.get()).isEqualTo(new End<>("killed"));
    assertThat(two.get()).isEqualTo(new End<>("killed"));

    Background<StreamItem<String>> three = Background.virtual(stream::next).parked();
    stream.close("closed");
    assertThat(three.get()).isEqualTo(new End<>("closed"));
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void itemForOneConsumerIsSeenByThatOneInItsPlace() throws Exception {
    StreamConsumer<String> one = stream.createConsumer();
    StreamConsumer<String> other = stream.createConsumer();
    stream.write("a");
    stream.writeToConsumer(one.id(), "only you");
    stream.write("b");
    stream.close();

    assertThat(drain(one)).containsExactly("a", "only you", "b");
    assertThat(drain(other)).containsExactly("a", "b");
  }

  @Test
  void itemForAnotherConsumerDoesNotEndAWait() throws Exception {
    StreamConsumer<String> other = stream.createConsumer();
    Background<StreamItem<String>> waiting = Background.virtual(stream::next).parked();
    stream.writeToConsumer(other.id(), "not for the one who waits");
    waiting.parked();
    stream.write("for all");

    assertThat(waiting.get()).isEqualTo(new Value<>("for all"));
  }

  @Test
  void closeConsumerEndsThatOneAfterItsBacklog() throws Exception {
    StreamConsumer<String> one = stream.createConsumer();
    StreamConsumer<String> other = stream.createConsumer();
    stream.write("a");
    stream.closeConsumer(one.id(), "bye");
    stream.write("b");

    assertThat(one.next()).isEqualTo(new Value<>("a"));
    assertThat(one.next()).isEqualTo(new End<>("bye"));
    assertThat(other.next()).isEqualTo(new Value<>("a"));
    assertThat(other.next()).isEqualTo(new Value<>("b"));
    stream.closeConsumer(other.id());
    assertThat(other.next()).isEqualTo(new End<>(null));
  }

  @Test
  void killConsumerEndsThatOneAtOnce() throws Exception {
    StreamConsumer<String> one = stream.createConsumer();
    StreamConsumer<String> other = stream.createConsumer();
    stream.write("a");
    stream.killConsumer(one.id(), "dead");

    assertThat(one.next()).isEqualTo(new End<>("dead"));
    assertThat(other.next()).isEqualTo(new Value<>("a"));
    stream.killConsumer(other.id());
    assertThat(other.next()).isEqualTo(new End<>(null));
  }

  @Test
  void unknownConsumerIdsAreIgnored() {
    stream.writeToConsumer(99, "x");
    stream.closeConsumer(99);
    stream.killConsumer(99);

    assertThat(stream.hasConsumer(99)).isFalse();
    assertThat(stream.getConsumerBackpressure(99)).isZero();
    assertThat(stream.getConsumerStats(99)).isNull();
  }

  @Test
  void backpressureIsWhatTheSlowestConsumerHasNotTaken() throws Exception {
    StreamConsumer<String> slow = stream.createConsumer();
    stream.write("a");
    StreamConsumer<String> fast = stream.createConsumer();
    stream.write("b");
    fast.next();

    assertThat(slow.getBackpressure()).isEqualTo(2);
    assertThat(stream.getConsumerBackpressure(slow.id())).isEqualTo(2);
    assertThat(fast.getBackpressure()).isZero();
    assertThat(stream.getBackpressure()).isEqualTo(2);
    slow.close();
    assertThat(stream.getBackpressure()).isZero();
  }

  @Test
  void statsTellIdBackpressureAndTimeout() {
    StreamConsumer<String> plain = stream.createConsumer();
    StreamConsumer<String> timed = stream.createConsumer(Duration.ofSeconds(3));
    stream.write("a");

    ConsumerStats plainStats = new ConsumerStats(plain.id(), 1, null, null);
    ConsumerStats timedStats = new ConsumerStats(timed.id(), 1, Duration.ofSeconds(3), null);
    assertThat(plain.getStats()).isEqualTo(plainStats);
    assertThat(stream.getConsumerStats(timed.id())).isEqualTo(timedStats);
    assertThat(stream.getConsumerStatsList()).containsExactly(plainStats, timedStats);
    assertThat(stream.getConsumerCount()).isEqualTo(2);
  }

  @Test
  void streamWithoutConsumersKeepsNothing() {
    for (int i = 0; i < 10; i++) {
      stream.write("lost");
    }

    assertThat(stream.getBackpressure()).isZero();
    assertThat(stream.getConsumerStatsList()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsRefused() {
    assertThatThrownBy(() -> stream.write(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> stream.writeToConsumer(1, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> stream.consume(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> stream.consume(x -> {}, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> stream.map(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new WritableConsumableStream<String>(null))
        .isInstanceOf(NullPointerException.class);
    assertThat(stream.getConsumerCount()).isZero();
  }

  static List<String> drain(StreamConsumer<String> consumer) {
    List<String> items = new ArrayList<>();
    for (String item : consumer) {
      items.add(item);
    }
    return items;
  }
}
