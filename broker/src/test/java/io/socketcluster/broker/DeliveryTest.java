// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.ChannelMessage.SharedEncoding;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final int PUBLISHERS = 8;
  private static final int MESSAGES = 2_000;

  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final AtomicInteger encoded = new AtomicInteger();
  private final AtomicInteger released = new AtomicInteger();

  /** Keeps what it received. */
  private static final class Recorder implements ChannelSubscriber {
    private final List<String> received = new ArrayList<>(); // guarded by the channel's lock

    @Override
    public void deliver(ChannelMessage message) {
      received.add(String.valueOf(message.data()));
    }
  }

  private final class Encoding implements SharedEncoding {
    @Override
    public void release() {
      released.incrementAndGet();
    }
  }

  private ChannelSubscriber encodingWith(Object key) {
    return message ->
        message.encoding(
            key,
            Encoding.class,
            each -> {
              encoded.incrementAndGet();
              return new Encoding();
            });
  }

  @Test
  void allSubscribersSeeTheMessagesOfManyThreadsInOneOrder() throws Exception {
    List<Recorder> subscribers = List.of(new Recorder(), new Recorder(), new Recorder());
    subscribers.forEach(each -> broker.subscribe(each, "news"));
    AtomicBoolean publishing = new AtomicBoolean(true);
    Thread restless = Thread.ofPlatform().start(() -> comeAndGo(publishing));

    publishFromManyThreads();
    publishing.set(false);
    restless.join();

    List<String> first = subscribers.getFirst().received;
    assertThat(first).hasSize(PUBLISHERS * MESSAGES).doesNotHaveDuplicates();
    subscribers.forEach(each -> assertThat(each.received).isEqualTo(first));
    for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
      String mine = "\"" + publisher + "-";
      assertThat(first.stream().filter(message -> message.startsWith(mine)))
          .isSortedAccordingTo((a, b) -> Integer.compare(numberOf(a), numberOf(b)));
    }
  }

  private static int numberOf(String message) {
    return Integer.parseInt(message.substring(message.indexOf('-') + 1, message.length() - 1));
  }

  private void comeAndGo(AtomicBoolean publishing) {
    while (publishing.get()) {
      Recorder guest = new Recorder();
      broker.subscribe(guest, "news");
      broker.unsubscribe(guest, "news");
    }
  }

  private void publishFromManyThreads() throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      int publisher = i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    awaitStart(start);
                    for (int n = 0; n < MESSAGES; n++) {
                      broker.transmitPublish("news", Payload.of(publisher + "-" + n));
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void awaitStart(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoSubscribesWhileOthersLeaveMissesNothingThatIsPublishedAfterwards() throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    Thread restless = Thread.ofPlatform().start(() -> comeAndGo(running));
    for (int round = 0; round < MESSAGES; round++) {
      Recorder subscriber = new Recorder();
      broker.subscribe(subscriber, "news");
      broker.transmitPublish("news", Payload.of(round));
      broker.unsubscribe(subscriber, "news");
      broker.transmitPublish("news", Payload.of("too late"));
      assertThat(subscriber.received).containsExactly(String.valueOf(round));
    }
    running.set(false);
    restless.join();
    assertThat(broker.subscriptions()).isEmpty();
  }

  @Test
  void anEncodingIsMadeOnceForEachKeyAndReleasedOnce() {
    Object json = new Object();
    Object other = new Object();
    broker.subscribe(encodingWith(json), "news");
    broker.subscribe(encodingWith(json), "news");
    broker.subscribe(encodingWith(other), "news");

    broker.transmitPublish("news", Payload.of(1));

    assertThat(encoded).hasValue(2);
    assertThat(released).hasValue(2);
  }

  @Test
  void keysAreComparedByIdentity() {
    broker.subscribe(encodingWith(new String("codec")), "news");
    broker.subscribe(encodingWith(new String("codec")), "news");

    broker.transmitPublish("news", Payload.of(1));

    assertThat(encoded).hasValue(2);
    assertThat(released).hasValue(2);
  }

  @Test
  void aSubscriberThatThrowsHarmsNobodyElse() throws Exception {
    Object json = new Object();
    Recorder before = new Recorder();
    Recorder after = new Recorder();
    broker.subscribe(before, "news");
    broker.subscribe(encodingWith(json), "news");
    broker.subscribe(
        message -> {
          throw new IllegalStateException("broken");
        },
        "news");
    broker.subscribe(encodingWith(json), "news");
    broker.subscribe(after, "news");
    StreamConsumer<BrokerEvent.Failure> errors =
        broker.listener(BrokerEvent.ERROR).createConsumer();

    broker.transmitPublish("news", Payload.of(1));
    assertThat(broker.invokePublish("news", Payload.of(2))).isCompleted();

    assertThat(before.received).containsExactly("1", "2");
    assertThat(after.received).containsExactly("1", "2");
    assertThat(released).hasValue(2);
    assertThat(errors.getBackpressure()).isEqualTo(2);
    assertThat(errors.next())
        .isInstanceOfSatisfying(
            StreamItem.Value.class,
            item -> assertThat(String.valueOf(item.value())).contains("broken"));
  }

  @Test
  void anEncoderThatThrowsLeavesNothingToRelease() {
    broker.subscribe(encodingWith(new Object()), "news");
    broker.subscribe(
        message ->
            message.encoding(
                "key",
                Encoding.class,
                each -> {
                  throw new IllegalStateException("no form");
                }),
        "news");

    broker.transmitPublish("news", Payload.of(1));

    assertThat(encoded).hasValue(1);
    assertThat(released).hasValue(1);
  }

  @Test
  void aPublishWithoutSubscribersReachesNobody() {
    assertThat(broker.invokePublish("nobody", null)).isCompleted();
    assertThat(broker.subscriptions()).isEmpty();
  }

  @Test
  void subscribingTwiceDeliversOnce() {
    Recorder subscriber = new Recorder();
    broker.subscribe(subscriber, "news");
    broker.subscribe(subscriber, "news");

    broker.transmitPublish("news", null);

    assertThat(subscriber.received).containsExactly("null");
  }
}
