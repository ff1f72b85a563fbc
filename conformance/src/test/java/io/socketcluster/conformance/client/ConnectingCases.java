// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.StreamConsumer;
import org.junit.jupiter.api.Test;

/** How a client begins, comes back, and is told to do so more than once. */
abstract class ConnectingCases extends ClientCases {
  private static final EventName<?>[] OF_A_CONNECTION = {
    AGClientSocket.CONNECTING,
    AGClientSocket.CONNECT,
    AGClientSocket.CONNECT_ABORT,
    AGClientSocket.DISCONNECT,
    AGClientSocket.CLOSE
  };

  ConnectingCases(CaseServer.Starter starter) {
    super(starter);
  }

  /** Connects a client that is still idle, with a log of all that happens. */
  private static EventLog connect(AGClientSocket client) {
    EventLog log = new EventLog().of(client, OF_A_CONNECTION);
    client.connect();
    log.await(AGClientSocket.CONNECT, 1);
    return log;
  }

  @Test
  void aClientConnectsAsSoonAsItIsCreated() throws InterruptedException {
    AGClientSocket client = create();

    assertThat(client.state()).isIn(SocketState.CONNECTING, SocketState.OPEN);
    client.listener(AGClientSocket.CONNECT).once(PATIENCE);
    assertThat(client.state()).isEqualTo(SocketState.OPEN);
  }

  @Test
  void aClientWithoutAutoConnectWaitsUntilItIsTold() {
    AGClientSocket client = create(options().autoConnect(false));
    EventLog log = new EventLog().of(client, OF_A_CONNECTION);

    assertThat(client.state()).isEqualTo(SocketState.CLOSED);
    assertThat(client.pendingReconnect()).isFalse();
    assertThat(log.names()).isEmpty();

    client.connect();
    log.await(AGClientSocket.CONNECT, 1);
    assertThat(log.names()).containsExactly("connecting", "connect");
  }

  @Test
  void anApplicationEmitsAnErrorOfItsOwnOnTheSocket() throws InterruptedException {
    AGClientSocket client = create();
    client
        .listener(AGClientSocket.CONNECT)
        .consume(
            event -> {
              AGException error = new AGException("CustomError", "Custom error");
              client.emit(AGClientSocket.ERROR, new ConnectionEvent.Failure(error));
            });

    assertThat(client.listener(AGClientSocket.ERROR).once(PATIENCE).error())
        .hasToString("CustomError: Custom error");
  }

  @Test
  void reconnectClosesWith1000AndConnectsAgain() throws InterruptedException {
    AGClientSocket client = idle();
    EventLog log = connect(client);
    String firstId = client.id();

    client.reconnect();
    log.await(AGClientSocket.CONNECT, 2);

    assertThat(log.names())
        .containsExactly("connecting", "connect", "disconnect", "close", "connecting", "connect");
    assertThat(log.events()).element(2).isEqualTo(new ConnectionEvent.Closed(1000, null));
    assertThat(client.id()).isNotNull().isNotEqualTo(firstId);
  }

  @Test
  void reconnectClosesWithTheCodeAndTheReasonThatItIsGiven() throws InterruptedException {
    AGClientSocket client = connected();
    StreamConsumer<ConnectionEvent.Closed> disconnects =
        client.listener(AGClientSocket.DISCONNECT).createConsumer(PATIENCE);
    StreamConsumer<ConnectionEvent.Connect> connects =
        client.listener(AGClientSocket.CONNECT).createConsumer(PATIENCE);

    client.reconnect(4321, "About to reconnect");

    assertThat(take(disconnects)).isEqualTo(new ConnectionEvent.Closed(4321, "About to reconnect"));
    assertThat(take(connects).id()).isEqualTo(client.id());
  }

  @Test
  void connectLeavesAnOpenConnectionAlone() throws InterruptedException {
    AGClientSocket client = idle();
    EventLog log = connect(client);
    String id = client.id();

    client.connect();
    roundTrip(client);

    assertThat(client.id()).isEqualTo(id);
    assertThat(log.names()).containsExactly("connecting", "connect");
  }

  @Test
  void connectWithOptionsClosesAnOpenConnectionWith1000AndConnectsWithThem()
      throws InterruptedException {
    AGClientSocket client = idle();
    EventLog log = connect(client);
    AGClientOptions others = client.options().toBuilder().query("visit", "second").build();

    client.connect(others);
    log.await(AGClientSocket.CONNECT, 2);

    assertThat(log.names())
        .containsExactly("connecting", "connect", "disconnect", "close", "connecting", "connect");
    assertThat(log.events())
        .element(2)
        .isEqualTo(new ConnectionEvent.Closed(1000, "The client connects with other options"));
    assertThat(client.call("query", null).stringValue()).isEqualTo("visit=second");
  }

  @Test
  void transmitOnAClosedSocketConnectsAndIsDelivered() throws InterruptedException {
    AGClientSocket client = idle();
    StreamConsumer<?> received = client.receiver("fooReceived").createConsumer(PATIENCE);
    EventLog log = connect(client);

    client.disconnect();
    client.transmit("foo", 123);

    assertThat(take(received)).hasToString("123");
    assertThat(log.names())
        .containsExactly("connecting", "connect", "disconnect", "close", "connecting", "connect");
  }

  @Test
  void everyConnectAndDisconnectOfASeriesIsTold() throws InterruptedException {
    Gate gate = Gate.ofHandshakes();
    AGClientSocket client = idle(gate::hold);
    EventLog log = new EventLog().of(client, OF_A_CONNECTION);

    client.connect();
    client.disconnect(1000, "One");
    client.connect();
    client.disconnect(4444, "Two");
    gate.open(connected());
    client.connect();
    log.await(AGClientSocket.CONNECT, 1);
    client.disconnect(4455, "Three");

    assertThat(log.names())
        .containsExactly(
            "connecting",
            "connectAbort",
            "close",
            "connecting",
            "connectAbort",
            "close",
            "connecting",
            "connect",
            "disconnect",
            "close");
    assertThat(
            log.of(ConnectionEvent.Closed.class, closed -> closed.code() + " " + closed.reason()))
        .containsExactly(
            "1000 One", "1000 One", "4444 Two", "4444 Two", "4455 Three", "4455 Three");
  }
}
