// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.internal.loop.LoopTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponderTest {
  private final TestOutput output = new TestOutput(AGEndpoint.of("/"));
  private final Responder responder =
      new Responder(
          output.writer(),
          output.recorded().events(),
          output.account(),
          output.life(),
          () -> new UnansweredCalls(Duration.ofSeconds(10), new LoopTime(1, 0)));

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void aCallIsAwaitedUntilItsAnswer() {
    assertThat(responder.isAwaited()).isFalse();
    assertThat(responder.received(1, 100)).isTrue();
    assertThat(responder.isAwaited()).isTrue();
    assertThat(responder.heldBytes()).isPositive();
    responder.accept(ResponsePacket.success(1, Payload.of(2)));

    assertThat(output.sent()).containsExactly("{\"rid\":1,\"data\":2}");
    assertThat(responder.isAwaited()).isFalse();
    assertThat(responder.heldBytes()).isZero();
  }

  @Test
  void aCallWithoutRoomIsRefused() {
    assertThat(responder.received(1, 1 << 20)).isFalse();

    assertThat(output.sent()).singleElement().asString().contains("ResourceLimitError");
    assertThat(responder.isAwaited()).isFalse();
  }

  @Test
  void anAnswerThatComesAfterTheCloseIsAnError() {
    responder.received(1, 100);
    output.life().state(SocketState.CLOSED);
    responder.accept(ResponsePacket.success(1, null));

    assertThat(output.sent()).isEmpty();
    assertThat(output.recorded().names()).containsExactly("error");
  }
}
