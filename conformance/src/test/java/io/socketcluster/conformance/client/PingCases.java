// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.SocketProtocolError;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.testkit.TcpRelay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client makes of a server that it does not hear any more. */
abstract class PingCases extends ClientCases {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  PingCases(CaseServer.Starter starter) {
    super(starter, CaseServerOptions.DEFAULTS.withPings(INTERVAL, TIMEOUT));
  }

  private static AGClientOptions.Builder through(TcpRelay cable) {
    return options(cable.port()).autoReconnect(false);
  }

  private static void awaitPing(AGClientSocket client) throws InterruptedException {
    try (StreamConsumer<ConnectionEvent.Message> messages =
        client.listener(AGClientSocket.MESSAGE).createConsumer(PATIENCE)) {
      String message = take(messages).message();
      while (!message.isEmpty()) {
        message = take(messages).message();
      }
    }
  }

  @Test
  void aServerWithoutPingsIsGivenUpWith4000() throws Exception {
    try (TcpRelay cable = TcpRelay.to(port())) {
      Duration connectTimeout = Duration.ofSeconds(7);
      AGClientSocket client =
          create(through(cable).autoConnect(false).connectTimeout(connectTimeout));
      EventLog log = new EventLog().of(client, AGClientSocket.DISCONNECT, AGClientSocket.ERROR);
      assertThat(client.pingTimeout()).isEqualTo(connectTimeout);
      client.connect();
      awaitPing(client);
      assertThat(client.pingTimeout()).isEqualTo(TIMEOUT);

      cable.freeze();
      log.await(AGClientSocket.ERROR, 1);

      assertThat(log.names()).containsExactly("disconnect", "error");
      assertThat(log.events())
          .first()
          .isEqualTo(new ConnectionEvent.Closed(4000, "Server ping timed out"));
      assertThat(log.of(ConnectionEvent.Failure.class, ConnectionEvent.Failure::error))
          .singleElement()
          .isInstanceOfSatisfying(
              SocketProtocolError.class, error -> assertThat(error.code()).isEqualTo(4000));
    }
  }

  @Test
  void withoutPingTimeoutAServerWithoutPingsIsNotGivenUp() throws Exception {
    try (TcpRelay first = TcpRelay.to(port());
        TcpRelay second = TcpRelay.to(port())) {
      AGClientSocket patient = connected(through(first).pingTimeoutDisabled(true));
      EventLog log = new EventLog().of(patient, AGClientSocket.CLOSE, AGClientSocket.ERROR);
      AGClientSocket impatient = connected(through(second));
      StreamConsumer<ConnectionEvent.Closed> disconnects =
          impatient.listener(AGClientSocket.DISCONNECT).createConsumer(PATIENCE);

      first.freeze();
      awaitPing(impatient);
      second.freeze();

      assertThat(take(disconnects).code()).isEqualTo(4000);
      assertThat(patient.state()).isEqualTo(SocketState.OPEN);
      assertThat(log.names()).isEmpty();
    }
  }
}
