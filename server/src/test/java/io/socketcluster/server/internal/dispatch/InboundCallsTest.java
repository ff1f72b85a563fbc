// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.streams.HandlerFailures;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.loop.LoopTime;
import io.socketcluster.server.internal.outbound.Responder;
import io.socketcluster.server.internal.outbound.TestOutput;
import io.socketcluster.server.internal.outbound.UnansweredCalls;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboundCallsTest {
  private static final String ANSWER = "{\"rid\":7}";

  private TestOutput output = output(ProtocolVersion.V2);
  private ServerStreams streams = streams();
  private InboundCalls calls = calls();

  private static TestOutput output(ProtocolVersion version) {
    return new TestOutput(AGEndpoint.of("/").withProtocolVersion(version));
  }

  private ServerStreams streams() {
    return new ServerStreams(new HandlerFailures(output.recorded().events()), Runnable::run);
  }

  private InboundCalls calls() {
    Responder responder =
        new Responder(
            output.writer(),
            output.recorded().events(),
            output.account(),
            output.life(),
            () -> new UnansweredCalls(Duration.ofSeconds(10), new LoopTime(1, 0)));
    return new InboundCalls(
        streams, output.recorded().events(), responder, output.heartbeat(), output.order());
  }

  private void speak(ProtocolVersion version) {
    output.close();
    output = output(version);
    streams = streams();
    calls = calls();
  }

  private void deliver() {
    calls.deliver(EventPacket.invoke("ask", null, 7), null);
  }

  private void keepNothing() {
    streams.release();
    calls.endRetention();
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void aCallThatNoProcedureHasTakenIsToldOfWhenNothingIsKeptAnyMore() {
    deliver();
    assertThat(output.recorded().unconsumed()).isEmpty();
    keepNothing();

    assertThat(output.recorded().unconsumed()).containsExactly("ask");
    assertThat(output.sent()).as("the application may still answer").isEmpty();
  }

  @Test
  void aLaterCallIsToldOfAtOnce() {
    keepNothing();
    deliver();

    assertThat(output.recorded().unconsumed()).containsExactly("ask");
  }

  @Test
  void inVersionOneWhatNoProcedureConsumesIsAMessage() {
    speak(ProtocolVersion.V1);
    keepNothing();
    deliver();

    assertThat(output.sent()).containsExactly(ANSWER);
    assertThat(output.recorded().unconsumed()).isEmpty();
  }

  @Test
  void aKeptMessageOfVersionOneIsAnsweredInTheEnd() {
    speak(ProtocolVersion.V1);
    deliver();
    assertThat(output.sent()).as("a procedure may come").isEmpty();
    keepNothing();

    assertThat(output.sent()).containsExactly(ANSWER);
  }

  @Test
  void aCallWaitsWhileItIsNotKnownWhichVersionItIsOf() {
    speak(ProtocolVersion.DETECT);
    keepNothing();
    deliver();
    assertThat(output.order().isIdle()).isFalse();
    output.heartbeat().version().heardOne();

    assertThat(output.sent()).endsWith(ANSWER);
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void whatWaitsForTheVersionIsNotDeliveredAfterTheClose() {
    speak(ProtocolVersion.DETECT);
    keepNothing();
    deliver();
    output.order().stop();
    output.heartbeat().version().heardOne();

    assertThat(output.sent()).doesNotContain(ANSWER);
  }
}
