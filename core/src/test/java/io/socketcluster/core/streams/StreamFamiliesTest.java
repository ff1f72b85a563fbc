// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AGRequest;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StreamFamiliesTest {
  private static final EventName<String> GREETING = new EventName<>("greeting");

  private final Queue<AGException> bindingFailures = new ConcurrentLinkedQueue<>();
  private final Queue<ResponsePacket> answers = new ConcurrentLinkedQueue<>();
  private final SocketStreams streams = new Streams();
  private final StreamFamilies families = () -> streams;

  private static final class Streams extends SocketStreams {
    Streams() {
      super((item, error) -> {});
    }
  }

  private void transmitted(String name, @Nullable Object data) {
    Payload payload = data == null ? null : Payload.of(data);
    streams.receivers().write(name, new InboundMessage(payload, bindingFailures::add));
  }

  private void invoked(String name, long id, @Nullable Object data) {
    Payload payload = data == null ? null : Payload.of(data);
    streams.procedures().write(name, new InboundCall(name, id, payload, answers::add));
  }

  @Test
  void listenersReceiveWhatIsEmittedUnderTheirName() throws Exception {
    try (StreamConsumer<String> consumer = families.listener(GREETING).createConsumer()) {
      families.emit(new EventName<>("other"), 1);
      families.emit(GREETING, "hello");

      assertThat(consumer.next()).isEqualTo(new StreamItem.Value<>("hello"));
      assertThat(families.getListenerConsumerCount("greeting")).isEqualTo(1);
    }
    assertThat(families.getAllListenersConsumerCount()).isZero();
  }

  @Test
  void listenersCanBeClosedAndKilledByNameByConsumerAndAll() throws Exception {
    StreamConsumer<String> first = families.listener(GREETING).createConsumer();
    StreamConsumer<String> second = families.listener(GREETING).createConsumer();
    families.emit(GREETING, "kept by close");

    families.killListenerConsumer(first.id());
    families.closeListener("greeting");

    assertThat(first.next()).isEqualTo(new StreamItem.End<>(null));
    assertThat(second.next()).isEqualTo(new StreamItem.Value<>("kept by close"));
    assertThat(second.next()).isEqualTo(new StreamItem.End<>(null));
  }

  @Test
  void statisticsAndBackpressureAreThoseOfTheDemux() {
    StreamConsumer<JsonNode> consumer = families.receiver("news").createConsumer();
    transmitted("news", 1);
    transmitted("news", 2);

    assertThat(families.getReceiverBackpressure("news")).isEqualTo(2);
    assertThat(families.getAllReceiversBackpressure()).isEqualTo(2);
    assertThat(families.getReceiverConsumerBackpressure(consumer.id())).isEqualTo(2);
    assertThat(families.getReceiverConsumerStatsList("news")).hasSize(1);
    assertThat(families.hasReceiverConsumer("news", consumer.id())).isTrue();
    assertThat(families.hasAnyReceiverConsumer(consumer.id() + 1)).isFalse();
    families.killAllReceivers();
    assertThat(families.getAllReceiversBackpressure()).isZero();
  }

  @Test
  void aReceiverBindsItsDataAndReportsWhatItCannotBind() throws Exception {
    StreamConsumer<Integer> numbers = families.receiver("n", Integer.class).createConsumer();

    transmitted("n", "not a number");
    transmitted("n", null);
    transmitted("n", 5);

    assertThat(numbers.next()).isEqualTo(new StreamItem.Value<>(5));
    assertThat(bindingFailures)
        .hasSize(2)
        .allMatch(error -> error.name().equals("InvalidArgumentsError"));
  }

  @Test
  void aProcedureAnswersWhatItCannotBindAndGoesOn() {
    Consumption consumption =
        families.procedure("sum", Integer.class).consume(r -> r.end(r.data() + 1));

    invoked("sum", 1, "wrong");
    invoked("sum", 2, 41);

    await().until(() -> answers.size() == 2);
    List<ResponsePacket> inOrder = List.copyOf(answers);
    assertThat(inOrder.get(0).error()).isNotNull();
    assertThat(inOrder.get(1).data()).hasToString("42");
    consumption.close();
  }

  @Test
  void aLoopOverRequestsEndsWhenTheProcedureIsClosed() throws Exception {
    Thread loop =
        Thread.startVirtualThread(
            () -> {
              for (AGRequest<JsonNode> request : families.procedure("echo")) {
                request.end(request.data());
              }
            });
    await().until(() -> streams.procedures().getConsumerCount("echo") == 1);
    invoked("echo", 1, "a");
    families.closeProcedure("echo");

    assertThat(loop.join(Duration.ofSeconds(60))).isTrue();
    assertThat(answers).singleElement().satisfies(a -> assertThat(a.data()).hasToString("\"a\""));
  }
}
