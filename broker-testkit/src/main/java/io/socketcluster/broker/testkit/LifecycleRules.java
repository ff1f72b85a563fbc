// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From ready to closed. */
interface LifecycleRules extends Engines {
  @Test
  default void aClosedEngineDeliversNothingAndSaysSo() {
    AGBrokerEngine engine = engine();
    Recorder recorder = recorder(engine, "a");
    publish(engine, "a", "before");

    done(engine.close());
    engine.transmitPublish("a", Payload.of("after"));

    assertThat(engine.isReady()).isFalse();
    assertThat(engine.subscriptions()).isEmpty();
    assertThat(engine.isSubscribed("a")).isFalse();
    refused(engine.subscribe(recorder, "a"));
    refused(engine.invokePublish("a", Payload.of("after")));
    done(engine.unsubscribe(recorder, "a"));
    done(engine.close());
    assertThat(recorder.json()).containsExactly("\"before\"");
    assertThat(engine.subscriptions()).isEmpty();
  }

  /** The future fails with a BrokerError, and soon. */
  default void refused(CompletableFuture<Void> future) {
    assertThatThrownBy(() -> future.get(patience().toMillis(), TimeUnit.MILLISECONDS))
        .hasCauseInstanceOf(BrokerError.class);
  }

  @Test
  default void closingEndsWhoConsumesTheEngineOrItsExchange() throws Exception {
    AGBrokerEngine engine = engine();
    StreamConsumer<BrokerEvent.Failure> errors =
        engine.listener(BrokerEvent.ERROR).createConsumer(patience());
    StreamConsumer<JsonNode> messages = engine.exchange().subscribe("a").createConsumer(patience());
    eventually(() -> assertThat(engine.exchange().isSubscribed("a")).isTrue());
    publish(engine, "a", "last");
    eventually(() -> assertThat(messages.getBackpressure()).isEqualTo(1));

    done(engine.close());

    assertThat(messages.next()).isInstanceOf(StreamItem.Value.class);
    assertThat(messages.next()).isInstanceOf(StreamItem.End.class);
    assertThat(errors.next()).isInstanceOf(StreamItem.End.class);
    assertThat(engine.exchange().isSubscribed("a")).isFalse();
  }

  @Test
  default void closingWhileEverythingIsInUseEndsInOrder() {
    for (int round = 0; round < 20; round++) {
      AGBrokerEngine engine = stranger();
      Recorder recorder = recorder(engine, "a");
      AtomicBoolean closed = new AtomicBoolean();
      Runnable user =
          () -> {
            while (!closed.get()) {
              settled(engine.invokePublish("a", Payload.of("x")));
              Recorder other = new Recorder();
              settled(engine.subscribe(other, "a"));
              settled(engine.subscribe(other, "b"));
            }
          };
      Runnable closer =
          () -> {
            try {
              publish(engine, "a", "x");
              done(engine.close());
              int before = recorder.count();
              engine.transmitPublish("a", Payload.of("after"));
              assertThat(recorder.count()).as("deliveries after the end").isEqualTo(before);
            } finally {
              closed.set(true);
            }
          };

      together(List.of(user, user, closer));

      assertThat(engine.subscriptions()).isEmpty();
    }
  }

  @Test
  default void closingIsDoneAfterTheDeliveriesThatWereUnderWay() throws Exception {
    AGBrokerEngine engine = engine();
    CountDownLatch entered = new CountDownLatch(1);
    AtomicBoolean left = new AtomicBoolean();
    ChannelSubscriber slow =
        message -> {
          entered.countDown();
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
          left.set(true);
        };
    done(engine.subscribe(slow, "a"));
    Thread publisher = Thread.ofPlatform().start(() -> settled(engine.invokePublish("a", null)));
    assertThat(entered.await(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();

    done(engine.close());

    assertThat(left).isTrue();
    publisher.join();
  }

  /** The future completes; well, or because the engine was closed. */
  default void settled(CompletableFuture<Void> future) {
    future
        .exceptionally(failure -> null)
        .orTimeout(patience().toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  @Test
  default void enginesThatAreNotJoinedDoNotHearEachOther() {
    AGBrokerEngine stranger = stranger();
    Recorder mine = recorder(engine(), "a");
    Recorder strange = recorder(stranger, "a");

    publish(stranger, "a", "theirs");
    publish(engine(), "a", "ours");

    eventually(() -> assertThat(mine.json()).containsExactly("\"ours\""));
    eventually(() -> assertThat(strange.json()).containsExactly("\"theirs\""));
  }
}
