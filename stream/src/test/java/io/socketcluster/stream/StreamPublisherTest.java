// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamPublisherTest {
  private final WritableConsumableStream<String> stream = new WritableConsumableStream<>();

  /** Notes all signals; requests what it is told on subscription. */
  static class Recorder implements Flow.Subscriber<String> {
    final List<String> signals = new CopyOnWriteArrayList<>();
    private final long initial;
    volatile Flow.@Nullable Subscription subscription;

    Recorder(long initial) {
      this.initial = initial;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      signals.add("subscribed");
      subscription = given;
      if (initial != 0) {
        given.request(initial);
      }
    }

    void request(long n) {
      requireNonNull(subscription).request(n);
    }

    void cancel() {
      requireNonNull(subscription).cancel();
    }

    @Override
    public void onNext(String item) {
      signals.add(item);
    }

    @Override
    public void onError(Throwable error) {
      signals.add(error.getClass().getSimpleName());
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }

    void awaitSignals(String... expected) {
      await().untilAsserted(() -> assertThat(signals).containsExactly(expected));
    }
  }

  private Recorder subscribe(long initial) {
    Recorder recorder = new Recorder(initial);
    stream.publisher().subscribe(recorder);
    return recorder;
  }

  @Test
  void subscriberGetsWhatItRequestsAndTheRestWaits() {
    Recorder recorder = subscribe(2);
    List.of("a", "b", "c", "d").forEach(stream::write);
    recorder.awaitSignals("subscribed", "a", "b");
    assertThat(stream.getBackpressure()).isEqualTo(2);

    recorder.request(1);
    recorder.awaitSignals("subscribed", "a", "b", "c");
    assertThat(stream.getBackpressure()).isEqualTo(1);
  }

  @Test
  void unlimitedDemandGetsEverythingAndTheCompletion() {
    Recorder recorder = subscribe(Long.MAX_VALUE);
    recorder.request(Long.MAX_VALUE);
    stream.write("a");
    stream.write("b");
    stream.close();

    recorder.awaitSignals("subscribed", "a", "b", "complete");
    recorder.request(1);
    recorder.cancel();
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void killCompletesAtOnce() {
    Recorder recorder = subscribe(1);
    stream.write("a");
    recorder.awaitSignals("subscribed", "a");
    stream.write("dropped");
    stream.kill();
    recorder.request(5);

    recorder.awaitSignals("subscribed", "a", "complete");
  }

  @Test
  void requestFromWithinOnNextDoesNotRecurse() {
    Recorder recorder =
        new Recorder(1) {
          @Override
          public void onNext(String item) {
            super.onNext(item);
            request(1);
          }
        };
    stream.publisher().subscribe(recorder);
    for (int i = 0; i < 5_000; i++) {
      stream.write("x");
    }

    await().until(() -> recorder.signals.size() == 5_001);
  }

  @Test
  void requestOfNothingIsAnErrorWithAndWithoutDemand() {
    Recorder waiting = subscribe(1);
    waiting.request(0);
    waiting.awaitSignals("subscribed", "IllegalArgumentException");

    Recorder idle = subscribe(0);
    idle.request(-1);
    idle.awaitSignals("subscribed", "IllegalArgumentException");
    Recorder atOnce = subscribe(-1);
    atOnce.awaitSignals("subscribed", "IllegalArgumentException");
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void cancelEndsTheSubscriptionSilently() {
    Recorder recorder = subscribe(1);
    recorder.cancel();
    recorder.cancel();
    recorder.request(1);
    stream.write("unseen");

    assertThat(stream.getConsumerCount()).isZero();
    Recorder witness = subscribe(1);
    stream.write("a");
    witness.awaitSignals("subscribed", "a");
    recorder.awaitSignals("subscribed");
  }

  @Test
  void subscriberThatThrowsHearsNoMore() {
    Recorder recorder =
        new Recorder(5) {
          @Override
          public void onNext(String item) {
            super.onNext(item);
            Thread.currentThread().setUncaughtExceptionHandler((t, e) -> signals.add("uncaught"));
            throw new IllegalStateException("expected");
          }
        };
    stream.publisher().subscribe(recorder);
    stream.write("a");
    stream.write("b");

    recorder.awaitSignals("subscribed", "a", "uncaught");
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  void failingFunctionOfAViewIsAnError() {
    Recorder recorder = new Recorder(5);
    ConsumableStream<String> view =
        stream.map(
            item -> {
              throw new IllegalStateException("expected");
            });
    view.publisher().subscribe(recorder);
    stream.write("a");

    recorder.awaitSignals("subscribed", "IllegalStateException");
    assertThat(stream.getConsumerCount()).isZero();
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullSubscriberIsRefused() {
    assertThatThrownBy(() -> stream.publisher().subscribe(null))
        .isInstanceOf(NullPointerException.class);
    assertThat(stream.getConsumerCount()).isZero();
  }
}
