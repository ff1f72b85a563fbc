// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.SocketState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a client comes back by itself, by the code with which its server has closed. */
abstract class ReconnectionCases extends ClientCases {
  private static final AutoReconnectOptions IN_AN_HOUR_OR_TWO =
      new AutoReconnectOptions(Duration.ofHours(1), Duration.ofHours(1), 1, Duration.ofHours(9));

  private static final AutoReconnectOptions SOON =
      new AutoReconnectOptions(Duration.ofMillis(1), Duration.ZERO, 1, Duration.ofMillis(1));

  ReconnectionCases(CaseServer.Starter starter) {
    super(starter);
  }

  /** A client that is open, and the log of its life. */
  private record Watched(AGClientSocket client, EventLog log) {
    void askToBeDisconnected(int code) {
      client.transmit("disconnectMe", Map.of("code", code, "reason", "You asked for it"));
    }

    void awaitClose() {
      log.await(AGClientSocket.CLOSE, 1);
    }
  }

  private Watched open(AutoReconnectOptions reconnecting) {
    AGClientOptions.Builder options = options().autoReconnectOptions(reconnecting);
    AGClientSocket client = create(options.autoConnect(false));
    EventLog log =
        new EventLog()
            .of(client, AGClientSocket.CONNECT, AGClientSocket.DISCONNECT, AGClientSocket.CLOSE);
    client.connect();
    log.await(AGClientSocket.CONNECT, 1);
    return new Watched(client, log);
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 4001})
  void whoWasSilentComesBackAtOnce(int code) {
    Watched watched = open(IN_AN_HOUR_OR_TWO);

    watched.askToBeDisconnected(code);
    watched.log().await(AGClientSocket.CONNECT, 2);

    assertThat(watched.log().names()).containsExactly("connect", "disconnect", "close", "connect");
    assertThat(watched.log().of(ConnectionEvent.Closed.class, ConnectionEvent.Closed::code))
        .containsExactly(code, code);
    assertThat(watched.client().connectAttempts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {4008, 4321, 4499})
  void afterOtherCodesAClientComesBackAfterADelay(int code) {
    Watched watched = open(IN_AN_HOUR_OR_TWO);

    watched.askToBeDisconnected(code);
    watched.awaitClose();

    assertComesBackInAnHourOrTwo(watched.client());
  }

  @Test
  void whoIsHungUpOnComesBackAfterADelay() {
    Watched watched = open(IN_AN_HOUR_OR_TWO);

    watched.client().transmit("hangUp", null);
    watched.awaitClose();

    assertThat(watched.log().of(ConnectionEvent.Closed.class, ConnectionEvent.Closed::code))
        .containsOnly(1006);
    assertComesBackInAnHourOrTwo(watched.client());
  }

  @Test
  void whoDisconnectsWithACodeOfItsOwnComesBackAfterADelay() {
    Watched watched = open(IN_AN_HOUR_OR_TWO);

    watched.client().disconnect(4321, "For a while");

    assertComesBackInAnHourOrTwo(watched.client());
  }

  private static void assertComesBackInAnHourOrTwo(AGClientSocket client) {
    assertThat(client.state()).isEqualTo(SocketState.CLOSED);
    assertThat(client.pendingReconnect()).isTrue();
    assertThat(client.pendingReconnectTimeout())
        .isBetween(Duration.ofHours(1), Duration.ofHours(2));
    assertThat(client.connectAttempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 4500, 4999})
  void afterAPermanentCodeAClientStaysAway(int code) {
    Watched sentAway = open(SOON);
    Watched witness = open(SOON);

    sentAway.askToBeDisconnected(code);
    sentAway.awaitClose();
    witness.askToBeDisconnected(4321);
    witness.log().await(AGClientSocket.CONNECT, 2);

    assertThat(sentAway.client().state()).isEqualTo(SocketState.CLOSED);
    assertThat(sentAway.client().pendingReconnect()).isFalse();
    assertThat(sentAway.log().names()).containsExactly("connect", "disconnect", "close");
  }
}
