// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.stream.StreamConsumer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a connection leaves behind when it ends, and in which order. */
abstract class ClosingCases extends ClientCases {
  private static final EventName<?>[] ENDS = {
    AGClientSocket.CONNECT_ABORT, AGClientSocket.DISCONNECT, AGClientSocket.CLOSE
  };

  ClosingCases(CaseServer.Starter starter) {
    super(starter);
  }

  @Test
  void aConnectionThatEndsInItsHandshakeIsAnAbortAndAClose() throws InterruptedException {
    Gate gate = Gate.ofHandshakes();
    AGClientSocket client = idle(gate::hold);
    EventLog log = new EventLog().of(client, ENDS);

    client.connect();
    client.disconnect();
    gate.open(connected());
    client.connect();
    roundTrip(client);

    assertThat(log.names()).containsExactly("connectAbort", "close");
  }

  @Test
  void aConnectionThatEndsAfterItsHandshakeIsADisconnectAndAClose() throws InterruptedException {
    AGClientSocket client = idle();
    EventLog log = new EventLog().of(client, ENDS);
    client.connect();
    roundTrip(client);

    client.disconnect();
    client.connect();
    roundTrip(client);

    assertThat(log.names()).containsExactly("disconnect", "close");
  }

  @Test
  void aChannelIsUnsubscribedBeforeTheDisconnectIsTold() throws InterruptedException {
    AGClientSocket client = idle();
    AGChannel<JsonNode> channel = client.subscribe("foo");
    EventLog log =
        new EventLog()
            .of(channel, ChannelEvent.SUBSCRIBE, ChannelEvent.UNSUBSCRIBE)
            .of(client, ENDS);
    client.connect();
    log.await("foo/subscribe", 1);

    client.disconnect();

    assertThat(log.names())
        .containsExactly("foo/subscribe", "foo/unsubscribe", "disconnect", "close");
    assertThat(channel.state()).isEqualTo(ChannelState.PENDING);
  }

  @Test
  void aSubscriptionThatLosesItsConnectionHasNotFailed() throws InterruptedException {
    Gate gate = Gate.ofSubscriptions();
    AGClientSocket client = connected(gate.hold(options()));
    AGChannel<JsonNode> channel = client.channel("foo");
    EventLog log =
        new EventLog()
            .of(channel, ChannelEvent.SUBSCRIBE, ChannelEvent.SUBSCRIBE_FAIL)
            .of(client, ENDS);
    CompletableFuture<JsonNode> unanswered = client.invoke("someEvent", 123);
    channel.subscribe();

    client.disconnect();
    assertThat(failureOf(unanswered)).isInstanceOf(BadConnectionError.class);
    assertThat(channel.state()).isEqualTo(ChannelState.PENDING);
    gate.open(connected());
    client.connect();
    log.await("foo/subscribe", 1);

    assertThat(log.names()).containsExactly("disconnect", "close", "foo/subscribe");
  }

  @Test
  void aCallInFlightHasFailedBeforeTheDisconnectIsTold() throws InterruptedException {
    AGClientSocket client = connected();
    StreamConsumer<ConnectionEvent.Closed> disconnects =
        client.listener(AGClientSocket.DISCONNECT).createConsumer(PATIENCE);
    CompletableFuture<JsonNode> unanswered = client.invoke("someEvent", 123);
    CompletableFuture<SocketState> stateThen =
        unanswered.handle((answer, failure) -> client.state());

    client.disconnect();
    assertThat(take(disconnects)).isEqualTo(new ConnectionEvent.Closed(1000, null));

    assertThat(unanswered).isCompletedExceptionally();
    assertThat(stateThen).isCompletedWithValue(SocketState.CLOSED);
    assertThat(failureOf(unanswered))
        .isInstanceOfSatisfying(
            BadConnectionError.class, error -> assertThat(error.type()).isEqualTo("disconnect"));
  }

  @Test
  void anAnswerThatComesTooLateIsNoErrorOfTheSocket() throws InterruptedException {
    AGClientSocket client = connected();
    EventLog log = new EventLog().of(client, AGClientSocket.ERROR);
    StreamConsumer<JsonNode> finished = client.receiver("tasksFinished").createConsumer(PATIENCE);

    CompletableFuture<JsonNode> answer = client.invoke("performTask", 123, Duration.ofMillis(200));
    assertThat(failureOf(answer)).isInstanceOf(TimeoutError.class);
    client.transmit("finishTasks", null);
    take(finished);
    roundTrip(client);
    client.disconnect();

    assertThat(log.names()).isEmpty();
    assertThat(client.state()).isEqualTo(SocketState.CLOSED);
  }
}
