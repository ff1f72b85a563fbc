// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A handle that has ended, and that somebody still holds, keeps nothing that is written later. */
class EndedHandlesTest {
  private final WritableConsumableStream<Object> stream = new WritableConsumableStream<>();

  /** Takes one item by a consumer of the stream, ends it, and returns what the user still holds. */
  interface Use extends Function<WritableConsumableStream<Object>, Object> {}

  private static Object taken(StreamConsumer<Object> consumer) {
    try {
      return consumer.next();
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }

  private static Arguments use(String name, Use use) {
    return Arguments.of(name, use);
  }

  static Stream<Arguments> uses() {
    return Stream.of(
        use(
            "a consumer that was closed",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              stream.write("item");
              taken(consumer);
              consumer.close();
              return consumer;
            }),
        use(
            "a consumer that was closed before it took anything",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              stream.write("item");
              consumer.close();
              return consumer;
            }),
        use(
            "a consumer that was killed",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              stream.write("item");
              stream.write("backlog");
              taken(consumer);
              stream.killConsumer(consumer.id());
              return consumer;
            }),
        use(
            "a consumer that took its end",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              stream.write("item");
              stream.closeConsumer(consumer.id());
              taken(consumer);
              taken(consumer);
              return consumer;
            }),
        use(
            "a consumer that its stream closed, and that never took its end",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              stream.write("item");
              stream.closeConsumer(consumer.id());
              return consumer;
            }),
        use(
            "a consumer that its stream closed twice, and that never took its end",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              stream.write("item");
              taken(consumer);
              stream.closeConsumer(consumer.id());
              stream.write("between");
              stream.closeConsumer(consumer.id());
              return consumer;
            }),
        use(
            "a consumer that its stream closed before it had anything to take",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              stream.closeConsumer(consumer.id());
              return consumer;
            }),
        use(
            "the iterator of a loop whose stream closed it within an item",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              Iterator<Object> iterator = consumer.iterator();
              stream.write("item");
              stream.write("backlog");
              iterator.next();
              stream.closeConsumer(consumer.id());
              return List.of(consumer, iterator);
            }),
        use(
            "a consumption that its stream closed while its executor ran nothing",
            stream -> {
              List<Runnable> tasks = new ArrayList<>();
              Consumption consumption = stream.consume(item -> {}, tasks::add);
              stream.write("item");
              stream.closeConsumer(consumption.id());
              return List.of(consumption, tasks);
            }),
        use(
            "a subscription that its stream closed, and whose subscriber requested nothing",
            stream -> {
              Idler idler = new Idler();
              stream.publisher().subscribe(idler);
              stream.write("item");
              stream
                  .getConsumerStatsList()
                  .forEach(
                      stats -> {
                        if (stats.id() > 2) {
                          stream.closeConsumer(stats.id());
                        }
                      });
              return idler;
            }),
        use(
            "a consumer of a view",
            stream -> {
              StreamConsumer<String> consumer = stream.map(Object::toString).createConsumer();
              stream.write("item");
              consumer.iterator().next();
              consumer.close();
              return consumer;
            }),
        use(
            "the iterator of a loop that was left, whose consumer was closed",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer();
              Iterator<Object> iterator = consumer.iterator();
              stream.write("item");
              stream.write("backlog");
              iterator.next();
              consumer.close();
              return iterator;
            }),
        use(
            "the iterator of a loop that was interrupted",
            stream -> {
              Iterator<Object> iterator = stream.iterator();
              stream.write("item");
              iterator.next();
              Thread.currentThread().interrupt();
              assertThat(iterator.hasNext()).isFalse();
              assertThat(Thread.interrupted()).isTrue();
              return iterator;
            }),
        use(
            "a consumption that was closed",
            stream -> {
              Consumption consumption = stream.consume(item -> {}, Runnable::run);
              stream.write("item");
              consumption.close();
              return consumption;
            }),
        use(
            "a consumption that was closed by its handler",
            stream -> {
              Consumption[] consumption = new Consumption[1];
              consumption[0] = stream.consume(item -> consumption[0].close(), Runnable::run);
              stream.write("item");
              return consumption;
            }),
        use(
            "a subscription that was cancelled",
            stream -> {
              Canceller canceller = new Canceller();
              stream.publisher().subscribe(canceller);
              stream.write("item");
              await().until(() -> canceller.cancelled);
              return canceller;
            }),
        use(
            "a consumer whose wait was over, and that was closed",
            stream -> {
              StreamConsumer<Object> consumer = stream.createConsumer(Duration.ZERO);
              stream.write("item");
              taken(consumer);
              assertThatThrownBy(consumer::next).isInstanceOf(StreamTimeoutException.class);
              consumer.close();
              return consumer;
            }));
  }

  private static final class Canceller implements Flow.Subscriber<Object> {
    private Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object item) {
      requireNonNull(subscription).cancel();
      cancelled = true;
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  /** Never requests anything. */
  private static final class Idler implements Flow.Subscriber<Object> {
    @SuppressWarnings("unused")
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(Object item) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void keepsNothingThatIsWrittenLater(String name, Use use) {
    List<StreamConsumer<Object>> others = List.of(stream.createConsumer(), stream.createConsumer());

    Object held = use.apply(stream);
    try {
      WeakReference<Object> later = writeLater();
      others.forEach(EndedHandlesTest::takeAll);

      awaitCleared(later);
    } finally {
      Reference.reachabilityFence(held);
      Reference.reachabilityFence(others);
    }
  }

  /** The items behind it, which the others have taken as well, are not what is looked at. */
  private WeakReference<Object> writeLater() {
    return writeLater(stream::write);
  }

  private static WeakReference<Object> writeLater(Consumer<Object> stream) {
    Object item = new byte[10];
    stream.accept(item);
    for (int i = 0; i < 3; i++) {
      stream.accept("behind");
    }
    return new WeakReference<>(item);
  }

  private static void takeAll(StreamConsumer<Object> consumer) {
    while (consumer.getBackpressure() > 0) {
      taken(consumer);
    }
  }

  private static void awaitCleared(WeakReference<Object> reference) {
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(reference.get()).isNull();
            });
  }

  @Test
  void keepsNothingThatIsWrittenAfterTheStreamWasClosed() {
    StreamConsumer<Object> closed = stream.createConsumer();
    stream.write("item");
    stream.close();
    List<StreamConsumer<Object>> others = List.of(stream.createConsumer(), stream.createConsumer());
    try {
      WeakReference<Object> later = writeLater();
      others.forEach(EndedHandlesTest::takeAll);

      awaitCleared(later);
    } finally {
      Reference.reachabilityFence(closed);
      Reference.reachabilityFence(others);
    }
  }

  @Test
  void keepsNothingThatIsWrittenAfterAStreamOfADemuxWasClosed() {
    StreamDemux<Object> demux = new StreamDemux<>();
    StreamConsumer<Object> closed = demux.stream("a").createConsumer();
    demux.write("a", "item");
    demux.close("a");
    StreamConsumer<Object> other = demux.stream("a").createConsumer();
    try {
      WeakReference<Object> later = writeLater(item -> demux.write("a", item));
      takeAll(other);

      awaitCleared(later);
    } finally {
      Reference.reachabilityFence(closed);
      Reference.reachabilityFence(other);
    }
  }

  /** Or else the other tests could not fail. */
  @Test
  void aConsumerThatIsBehindKeepsWhatIsWrittenLater() {
    StreamConsumer<Object> behind = stream.createConsumer();
    StreamConsumer<Object> other = stream.createConsumer();
    try {
      WeakReference<Object> later = writeLater();
      takeAll(other);
      System.gc();

      assertThat(later.get()).isNotNull();
    } finally {
      Reference.reachabilityFence(behind);
    }
  }
}
