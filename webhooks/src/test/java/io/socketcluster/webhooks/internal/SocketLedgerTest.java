// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events of a socket that come in another order than they happened. */
class SocketLedgerTest {
  private final List<String> told = new ArrayList<>();
  private final SocketLedger<Object> ledger =
      new SocketLedger<>(
          (socket, event, channel, detail) ->
              told.add(
                  event.name().toLowerCase(Locale.ROOT)
                      + (channel == null ? "" : " " + channel)
                      + (detail.isEmpty() ? "" : " " + detail)));
  private final Object socket = new Object();

  @Test
  void whatComesInOrderIsToldAsItComes() {
    ledger.connected(socket);
    ledger.subscribed(socket, "a");
    ledger.unsubscribed(socket, "a");
    ledger.subscribed(socket, "a");
    ledger.unsubscribed(socket, "a");
    ledger.disconnected(socket, "1000");
    assertThat(told)
        .containsExactly(
            "connection",
            "subscription a",
            "unsubscription a",
            "subscription a",
            "unsubscription a",
            "disconnection 1000");
  }

  @Test
  void theConnectionIsFirst() {
    ledger.subscribed(socket, "a");
    ledger.connected(socket);
    assertThat(told).containsExactly("connection", "subscription a");
  }

  @Test
  void theDisconnectionIsLast() {
    ledger.subscribed(socket, "a");
    ledger.disconnected(socket, "1001");
    ledger.unsubscribed(socket, "a");
    ledger.connected(socket);
    ledger.subscribed(socket, "b");
    ledger.disconnected(socket, "1001");
    assertThat(told)
        .containsExactly("connection", "subscription a", "unsubscription a", "disconnection 1001");
  }

  @Test
  void whatWasThereBeforeIsNotTold() {
    ledger.know(socket, Set.of("a", "b"));
    ledger.unsubscribed(socket, "a");
    ledger.subscribed(socket, "a");
    ledger.disconnected(socket, "1001");
    assertThat(told)
        .containsExactly(
            "unsubscription a",
            "subscription a",
            "unsubscription a",
            "unsubscription b",
            "disconnection 1001");
  }

  @Test
  void subscriptionsAndUnsubscriptionsAlternate() {
    ledger.connected(socket);
    ledger.unsubscribed(socket, "a"); // overtook its subscription
    ledger.unsubscribed(socket, "a"); // and the next one did, too
    ledger.subscribed(socket, "a");
    ledger.subscribed(socket, "a");
    ledger.subscribed(socket, "a");
    ledger.subscribed(socket, "a"); // before the unsubscription
    ledger.unsubscribed(socket, "a");
    assertThat(told)
        .containsExactly(
            "connection",
            "subscription a",
            "unsubscription a",
            "subscription a",
            "unsubscription a",
            "subscription a",
            "unsubscription a",
            "subscription a");
  }
}
