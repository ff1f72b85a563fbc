// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.outbound.TestOutput;
import io.socketcluster.server.internal.wire.CompressedMessage;
import io.socketcluster.stream.StreamConsumer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final TestOutput output =
      new TestOutput(AGEndpoint.of("/").withProtocolVersion(ProtocolVersion.V2));
  private final TestOrder order = new TestOrder();
  private final List<String> reached = new ArrayList<>();
  private final Arrivals arrivals =
      new Arrivals(
          output.heartbeat(),
          new InboundMiddleware(output.lines(), order.order(), null),
          order.order(),
          pace(),
          output.recorded().events());

  /** The message {@code event}, compressed by nothing. */
  private record Compressed(String event) implements CompressedMessage {
    @Override
    public int size() {
      return event.length();
    }

    @Override
    public boolean isBinary() {
      return false;
    }

    @Override
    public byte[] inflate() {
      return message(event);
    }
  }

  private InboundPace pace() {
    return new InboundPace(
        AGServerOptions.DEFAULT,
        output.wire().eventLoop(),
        order.order(),
        output.wire().connection(),
        new InboundPace.Observer() {
          @Override
          public void onHeldBack() {}

          @Override
          public void onReleased() {}
        });
  }

  private static byte[] message(String event) {
    return ("{\"event\":\"" + event + "\"}").getBytes(UTF_8);
  }

  private void arrive(String event) {
    arrivals.accept(message(event), false);
  }

  private List<String> dispatched() {
    return order.dispatched().stream().map(packet -> ((EventPacket) packet).event()).toList();
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void aMessageIsCountedAndDispatched() {
    arrive("a");

    assertThat(dispatched()).containsExactly("a");
    assertThat(arrivals.bytesReceived()).isEqualTo(message("a").length);
    assertThat(arrivals.isIdle()).isTrue();
  }

  @Test
  void whoeverListensSeesEachMessage() {
    AGServerSocket socket = output.recorded().events().socket();
    try (StreamConsumer<?> listener =
        socket.listener(AGServerSocket.MESSAGE.name()).createConsumer()) {
      arrive("a");
      assertThat(listener.id()).isPositive();
    }
    arrive("b");

    assertThat(output.recorded().names()).containsExactly("message");
  }

  @Test
  void aMessageWaitsForTheMiddlewareOfMessagesAndHoldsNothing() {
    output.middleware().ask(MiddlewareLine.INBOUND_RAW);
    arrive("a");
    assertThat(dispatched()).isEmpty();
    assertThat(order.order().isIdle()).isTrue();
    assertThat(arrivals.isIdle()).isFalse();
    output.middleware().next().allow();

    assertThat(dispatched()).containsExactly("a");
  }

  @Test
  void aBlockedMessageIsDropped() {
    output.middleware().ask(MiddlewareLine.INBOUND_RAW);
    arrive("a");
    output.middleware().next().block();

    assertThat(dispatched()).isEmpty();
    assertThat(arrivals.isIdle()).isTrue();
  }

  @Test
  void aMarkIsReachedBehindTheMessagesThatWait() {
    output.middleware().ask(MiddlewareLine.INBOUND_RAW);
    arrive("a");
    arrivals.mark(() -> reached.addAll(dispatched()));
    assertThat(reached).isEmpty();
    output.middleware().next().allow();

    assertThat(reached).containsExactly("a");
  }

  @Test
  void aMarkIsReachedAtOnceWhenNothingWaits() {
    arrivals.mark(() -> reached.add("now"));

    assertThat(reached).containsExactly("now");
  }

  @Test
  void compressedMessagesKeepTheirPlace() {
    arrivals.accept(new Compressed("a"));
    arrive("b");
    arrivals.accept(new Compressed("c"));

    assertThat(dispatched()).containsExactly("a", "b", "c");
    assertThat(arrivals.bytesReceived()).isEqualTo(3L * message("a").length);
  }

  @Test
  void afterTheEndNothingIsDispatched() {
    order.order().stop();
    arrive("a");

    assertThat(dispatched()).isEmpty();
  }
}
