// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.conformance.faults.TrafficLedger.Listening;
import io.socketcluster.conformance.faults.TrafficLedger.Publish;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger finds each kind of fault, and accepts what was announced. */
class TrafficLedgerTest {
  private static final Listening WHERE = new Listening("c", "news");

  private final TrafficLedger ledger = new TrafficLedger();

  @BeforeEach
  void threeMessagesAreAcknowledged() {
    ledger.listens(WHERE, 0);
    for (int i = 1; i <= 3; i++) {
      ledger.acknowledged(message(i), 10_000L * i, 10_000L * i + 10);
    }
  }

  private static Publish message(int number) {
    return new Publish("news", "p", number);
  }

  private void received(int... numbers) {
    for (int each : numbers) {
      ledger.received("c", message(each));
    }
  }

  @Test
  void whatArrivesOnceInOrderIsClean() {
    received(1, 2, 3);

    assertThat(ledger.verdict().isClean()).isTrue();
    assertThat(ledger.verdict().delivered()).isEqualTo(3);
  }

  @Test
  void aMissingMessageIsLost() {
    received(1, 3);

    assertThat(ledger.verdict().lost()).singleElement().asString().contains("number=2");
    assertThat(ledger.verdict().isClean()).isFalse();
  }

  @Test
  void aMissingMessageInAnAnnouncedGapIsNot() {
    received(1, 3);
    ledger.gap("c", 20_010, TrafficLedger.LASTING);
    assertThat(ledger.verdict().lostInGaps()).isEqualTo(1);
    assertThat(ledger.verdict().isClean()).isTrue();
  }

  @Test
  void aGapThatHasEndedExplainsNothingLater() {
    received(1);
    ledger.gap("c", 19_000, TrafficLedger.LASTING);
    ledger.gap("c", 19_000, 20_000);

    assertThat(ledger.verdict().lost()).singleElement().asString().contains("number=3");
  }

  @Test
  void aGapIsOverForAClientThatHasLostItsConnection() {
    received(1);
    ledger.gap("c", 19_000, TrafficLedger.LASTING);
    ledger.disconnected("c", 20_000);
    ledger.listens(WHERE, 21_000);

    assertThat(ledger.verdict().lost()).singleElement().asString().contains("number=3");
  }

  @Test
  void aGapThatBeganLaterOrThatAnotherClientWasToldExplainsNothing() {
    received(1, 3);
    ledger.gap("c", 20_011, 25_000);
    ledger.gap("c", 15_000, 19_999);
    ledger.gap("another", 20_000, 20_100);

    assertThat(ledger.verdict().lost()).hasSize(1);
  }

  @Test
  void whatWasPublishedWhileTheClientWasAwayIsExplained() {
    received(1, 3);
    ledger.disconnected("c", 20_005);
    ledger.listens(WHERE, 24_000);

    assertThat(ledger.verdict().isClean()).isTrue();
    ledger.acknowledged(message(4), 24_001, 24_010);
    assertThat(ledger.verdict().lost()).hasSize(1);
  }

  @Test
  void aMessageThatArrivesTwiceIsDoubled() {
    received(1, 2, 2, 3);

    assertThat(ledger.verdict().doubled()).isEqualTo(1);
  }

  @Test
  void aMessageThatArrivesAfterALaterMessageIsOutOfOrder() {
    received(1, 3, 2);

    assertThat(ledger.verdict().outOfOrder()).isEqualTo(1);
  }

  @Test
  void aPublishThatFailedMayArriveOrNot() {
    ledger.failed();
    received(1, 2, 3, 4);

    assertThat(ledger.verdict().isClean()).isTrue();
    assertThat(ledger.verdict().sent()).isEqualTo(4);
    assertThat(ledger.verdict().acknowledged()).isEqualTo(3);
  }
}
