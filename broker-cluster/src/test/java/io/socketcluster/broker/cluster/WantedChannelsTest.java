// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.BrokerError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WantedChannelsTest {
  private final WantedChannels wanted = new WantedChannels();

  private void confirmAll() {
    WantedChannels.Changes changes = wanted.now();
    wanted.unsubscribed(changes.unsubscribe());
    wanted.subscribed(changes.subscribe(), Map.of());
  }

  @Test
  void withoutAConnectionNobodyWaits() {
    wanted.want("a");

    assertThat(wanted.confirmation("a")).isCompleted();
    assertThat(wanted.now().isEmpty()).isTrue();
  }

  @Test
  void aNewConnectionIsAskedForEverything() {
    wanted.want("a");
    wanted.want("b");
    wanted.unwant("b");

    wanted.connected();

    assertThat(wanted.now().subscribe()).containsExactly("a");
  }

  @Test
  void whoSubscribesWaitsUntilTheBrokerHasConfirmed() {
    wanted.connected();
    wanted.want("a");
    CompletableFuture<Void> first = wanted.confirmation("a");
    assertThat(first).isNotDone();

    confirmAll();

    assertThat(first).isCompleted();
    assertThat(wanted.confirmation("a")).isCompleted();
  }

  @Test
  void aLostConnectionLetsNobodyWait() {
    wanted.connected();
    wanted.want("a");
    CompletableFuture<Void> waiting = wanted.confirmation("a");

    wanted.disconnected();

    assertThat(waiting).isCompleted();
    wanted.connected();
    assertThat(wanted.now().subscribe()).containsExactly("a");
  }

  @Test
  void aChannelThatIsWantedAgainWhileItIsBeingLeftIsAskedForAgain() {
    wanted.connected();
    wanted.want("a");
    confirmAll();
    wanted.unwant("a");
    WantedChannels.Changes leaving = wanted.now();
    assertThat(leaving.unsubscribe()).containsExactly("a");

    wanted.want("a");
    wanted.unsubscribed(leaving.unsubscribe());
    CompletableFuture<Void> again = wanted.confirmation("a");

    assertThat(again).isNotDone();
    assertThat(wanted.now().subscribe()).containsExactly("a");
  }

  @Test
  void aChannelThatIsLeftWhileItIsBeingAskedForIsLeftAfterwards() {
    wanted.connected();
    wanted.want("a");
    WantedChannels.Changes asking = wanted.now();

    wanted.unwant("a");
    wanted.subscribed(asking.subscribe(), Map.of());

    assertThat(wanted.now().unsubscribe()).containsExactly("a");
  }

  @Test
  void aChannelThatIsLeftAndWantedAgainAtOnceNeedsNoBroker() {
    wanted.connected();
    wanted.want("a");
    confirmAll();

    wanted.unwant("a");
    wanted.want("a");

    assertThat(wanted.now().isEmpty()).isTrue();
    assertThat(wanted.confirmation("a")).isCompleted();
  }

  @Test
  void aRefusalFailsThoseWhoWaitAndIsNotAskedForAgain() {
    wanted.connected();
    wanted.want("a");
    wanted.want("b");
    CompletableFuture<Void> refused = wanted.confirmation("a");
    CompletableFuture<Void> granted = wanted.confirmation("b");
    List<String> asked = wanted.now().subscribe();

    wanted.subscribed(asked, Map.of("a", new BrokerError("no")));

    assertThatThrownBy(refused::get).hasCauseInstanceOf(BrokerError.class);
    assertThat(granted).isCompleted();
    assertThat(wanted.now().isEmpty()).isTrue();
  }

  @Test
  void aRefusalThatComesBeforeAnybodyWaitsIsNotMissed() {
    wanted.connected();
    wanted.want("a");
    wanted.subscribed(wanted.now().subscribe(), Map.of("a", new BrokerError("no")));

    assertThatThrownBy(() -> wanted.confirmation("a").get()).hasCauseInstanceOf(BrokerError.class);
    wanted.disconnected();
    wanted.connected();
    assertThat(wanted.now().subscribe()).containsExactly("a");
  }

  @Test
  void whatIsNeitherWantedNorInForceIsForgotten() {
    wanted.connected();
    wanted.want("left before it was asked for");
    wanted.unwant("left before it was asked for");
    wanted.want("left while it was asked for");
    WantedChannels.Changes changes = wanted.now();
    wanted.unwant("left while it was asked for");
    wanted.subscribed(changes.subscribe(), Map.of());
    wanted.want("refused");
    changes = wanted.now();
    wanted.unsubscribed(changes.unsubscribe());
    wanted.subscribed(changes.subscribe(), Map.of("refused", new BrokerError("no")));
    wanted.unwant("refused");

    confirmAll();

    assertThat(wanted.size()).isZero();
  }

  @Test
  void whoWaitsForAChannelThatIsLeftIsToldByTheThreadOfTheConnection() {
    wanted.connected();
    wanted.want("not asked for yet");
    CompletableFuture<Void> notAsked = wanted.confirmation("not asked for yet");
    wanted.unwant("not asked for yet");
    assertThat(notAsked).isNotDone();
    assertThat(wanted.now().isEmpty()).isTrue();
    assertThat(notAsked).isCompleted();

    wanted.want("asked for");
    CompletableFuture<Void> asked = wanted.confirmation("asked for");
    List<String> channels = wanted.now().subscribe();
    wanted.unwant("asked for");
    assertThat(asked).isNotDone();
    wanted.subscribed(channels, Map.of());
    assertThat(asked).isCompleted();
  }

  @Test
  void whoWaitsAgainForAChannelThatIsBeingLeftIsTold() {
    wanted.connected();
    wanted.want("a");
    confirmAll();
    wanted.unwant("a");
    List<String> leaving = wanted.now().unsubscribe();
    wanted.want("a");
    CompletableFuture<Void> again = wanted.confirmation("a");
    wanted.unwant("a");

    wanted.unsubscribed(leaving);

    assertThat(again).isCompleted();
    assertThat(wanted.size()).isZero();
  }

  @Test
  void whoWaitsForAChannelThatIsLeftIsToldOfALostConnection() {
    wanted.connected();
    wanted.want("a");
    CompletableFuture<Void> waiting = wanted.confirmation("a");
    wanted.unwant("a");

    wanted.disconnected();

    assertThat(waiting).isCompleted();
    assertThat(wanted.size()).isZero();
  }
}
