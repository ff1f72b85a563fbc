// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.AGBrokerEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds between engines that are joined. */
interface ClusterRules extends ConcurrencyRules {
  @Test
  default void aPublishReachesTheSubscribersOfAllEnginesOnce() {
    AGBrokerEngine peer = peer();
    Recorder here = recorder(engine(), "a");
    Recorder there = recorder(peer, "a");

    publish(engine(), "a", "one");
    eventually(() -> assertThat(there.json()).containsExactly("\"one\""));
    publish(peer, "a", "two");
    eventually(() -> assertThat(here.json()).containsExactly("\"one\"", "\"two\""));
    done(peer.invokePublish("a", null));

    eventually(() -> assertThat(here.json()).containsExactly("\"one\"", "\"two\"", "no data"));
    eventually(() -> assertThat(there.json()).containsExactly("\"one\"", "\"two\"", "no data"));
  }

  @Test
  default void everythingAfterASubscriptionIsDeliveredFromEveryEngine() {
    AGBrokerEngine peer = peer();
    for (int i = 0; i < 50; i++) {
      String channel = "channel-" + i;
      Recorder recorder = recorder(engine(), channel);
      publish(peer, channel, "first");

      eventually(() -> assertThat(recorder.json()).containsExactly("\"first\""));
    }
  }

  @Test
  default void subscriptionsBelongToOneEngine() {
    AGBrokerEngine peer = peer();
    Recorder here = recorder(engine(), "a");
    Recorder there = recorder(peer, "a");
    recorder(peer, "b");

    assertThat(engine().subscriptions()).containsExactly("a");
    done(peer.unsubscribe(there, "a"));
    assertThat(engine().isSubscribed("a")).isTrue();
    assertThat(peer.subscriptions()).containsExactly("b");
    publish(peer, "a", "one");

    eventually(() -> assertThat(here.json()).containsExactly("\"one\""));
    assertThat(there.json()).isEmpty();
  }

  @Test
  default void theOrderOfEachPublisherHoldsOnEveryEngine() {
    AGBrokerEngine engine = engine();
    AGBrokerEngine peer = peer();
    List<List<Recorder>> recorders =
        List.of(
            List.of(recorder(engine, "a"), recorder(engine, "a")),
            List.of(recorder(peer, "a"), recorder(peer, "a")));
    AtomicInteger publishing = new AtomicInteger();
    List<Runnable> actions = new ArrayList<>(publishers(engine, "e", publishing));
    actions.addAll(publishers(peer, "p", publishing));

    together(actions);

    for (List<Recorder> ofOneEngine : recorders) {
      Recorder first = ofOneEngine.getFirst();
      eventually(() -> assertThat(first.json()).hasSize(2 * THREADS * MESSAGES));
      assertOrderOfEach("e", first.json());
      assertOrderOfEach("p", first.json());
      eventually(() -> assertThat(ofOneEngine.getLast().json()).isEqualTo(first.json()));
    }
  }

  @Test
  default void closingOneEngineLeavesTheOthers() {
    AGBrokerEngine peer = peer();
    Recorder here = recorder(engine(), "a");
    Recorder there = recorder(peer, "a");

    done(peer.close());
    publish(engine(), "a", "one");

    eventually(() -> assertThat(here.json()).containsExactly("\"one\""));
    assertThat(there.json()).isEmpty();
  }
}
