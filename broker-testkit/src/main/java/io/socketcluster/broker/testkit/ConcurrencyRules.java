// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.protocol.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds when many threads use an engine at once. */
interface ConcurrencyRules extends Engines {
  /** How many threads do the same. */
  int THREADS = 4;

  /** How many messages each of them publishes. */
  int MESSAGES = 300;

  @Test
  default void allSubscribersReceiveWhatManyPublishInOneOrder() {
    AGBrokerEngine engine = engine();
    List<Recorder> recorders =
        List.of(recorder(engine, "a"), recorder(engine, "a"), recorder(engine, "a"));
    AtomicInteger publishing = new AtomicInteger(THREADS);
    List<Runnable> actions = new ArrayList<>(publishers(engine, "p", publishing));
    actions.add(
        () -> {
          while (publishing.get() > 0) { // who comes and goes changes nothing for the others
            Recorder restless = recorder(engine, "a");
            done(engine.unsubscribe(restless, "a"));
          }
        });

    together(actions);

    eventually(() -> assertThat(recorders.getFirst().json()).hasSize(THREADS * MESSAGES));
    List<String> order = recorders.getFirst().json();
    recorders.forEach(each -> eventually(() -> assertThat(each.json()).isEqualTo(order)));
    assertOrderOfEach("p", order);
  }

  /** Threads that publish to the channel "a"; each says when it is done. */
  default List<Runnable> publishers(AGBrokerEngine engine, String name, AtomicInteger publishing) {
    List<Runnable> publishers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      String prefix = name + thread + "-";
      boolean invokes = thread % 2 == 0;
      publishers.add(
          () -> {
            try {
              for (int i = 0; i < MESSAGES; i++) {
                if (invokes) {
                  publish(engine, "a", prefix + i);
                } else {
                  engine.transmitPublish("a", Payload.of(prefix + i));
                }
              }
            } finally {
              publishing.decrementAndGet();
            }
          });
    }
    return publishers;
  }

  /** What each of the threads has published is there once, in its order. */
  default void assertOrderOfEach(String name, List<String> order) {
    for (int thread = 0; thread < THREADS; thread++) {
      String prefix = "\"" + name + thread + "-";
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        expected.add(prefix + i + "\"");
      }
      assertThat(order.stream().filter(each -> each.startsWith(prefix))).isEqualTo(expected);
    }
  }

  @Test
  default void nothingIsLostWhileManyComeAndGo() {
    AGBrokerEngine engine = engine();
    List<Runnable> actions = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      String me = "t" + thread;
      actions.add(() -> comeAndGo(engine, me));
    }

    together(actions);

    assertThat(engine.subscriptions()).isEmpty();
  }

  /** Every publish between the two is received, nothing after. */
  private void comeAndGo(AGBrokerEngine engine, String me) {
    for (int i = 0; i < 150; i++) {
      String channel = "shared-" + i % 3;
      String mine = me + "-" + i;
      Recorder recorder = recorder(engine, channel);
      publish(engine, channel, mine);
      eventually(() -> assertThat(recorder.json()).containsOnlyOnce("\"" + mine + "\""));
      done(engine.unsubscribe(recorder, channel));
      int count = recorder.count();
      publish(engine, channel, mine);
      assertThat(recorder.count()).as("deliveries after the end").isEqualTo(count);
    }
  }

  @Test
  default void oneSubscriptionThatManyThreadsChangeHasOneState() {
    AGBrokerEngine engine = engine();
    Recorder recorder = new Recorder();
    for (int round = 0; round < 50; round++) {
      Runnable subscribe = () -> done(engine.subscribe(recorder, "a"));
      Runnable unsubscribe = () -> done(engine.unsubscribe(recorder, "a"));
      together(List.of(subscribe, unsubscribe, subscribe, unsubscribe));
      int before = recorder.count();
      boolean subscribed = engine.isSubscribed("a");

      publish(engine, "a", "x");

      int expected = before + (subscribed ? 1 : 0);
      eventually(() -> assertThat(recorder.count()).isEqualTo(expected));
    }
  }
}
