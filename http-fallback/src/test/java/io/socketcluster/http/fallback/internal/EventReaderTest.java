// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.socketcluster.http.fallback.internal.EventReader.MalformedEventsException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as text, in both directions. */
class EventReaderTest {
  private static List<Event> read(String body) throws MalformedEventsException {
    return EventReader.read(body.getBytes(UTF_8));
  }

  private static String text(Event event) {
    return new String(event.data(), UTF_8);
  }

  @Test
  void messagesHaveTheirNumbersAndLines() throws MalformedEventsException {
    List<Event> events =
        read(
            ": comment\n\nevent: ack\ndata: 7\n\nid: 3\ndata: {\ndata: }\n\ndata:\n\ndata:  ä\n\n");
    assertThat(events).hasSize(4);
    assertThat(events.get(0)).returns("ack", Event::type).returns(7L, Event::number);
    assertThat(events.get(1)).returns(3L, Event::id).returns("{\n}", EventReaderTest::text);
    assertThat(events.get(2)).returns(0L, Event::id).returns("", EventReaderTest::text);
    assertThat(events.get(3)).returns(" ä", EventReaderTest::text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {}",
        "data: {}\n",
        "id: 1\n",
        "nonsense\n\n",
        "id: x\ndata:\n\n",
        "id: 0\n\n",
        "event: binary\ndata: ***\n\n",
        "id: 12345678901234567890\ndata: \n\n"
      })
  void whatIsNotCompleteOrUnknownIsRefused(String body) {
    assertThatExceptionOfType(MalformedEventsException.class).isThrownBy(() -> read(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{\"a\":1}",
        "{\n\"a\":\n1}",
        "a\rb",
        "\r\n",
        "ä€😀",
        "\n",
        "data: x\n\n"
      })
  void everyTextComesOutAsItWentIn(String message) throws MalformedEventsException {
    ByteBuf frame =
        EventFormat.TEXT.frame(UnpooledByteBufAllocator.DEFAULT, message.getBytes(UTF_8));
    List<Event> events = read(frame.toString(UTF_8));
    frame.release();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst())
        .returns(true, Event::isMessage)
        .returns(message, EventReaderTest::text);
  }

  @Test
  void binaryMessagesAreBase64() throws MalformedEventsException {
    byte[] message = {0, (byte) 0xFF, '\n', '\r'};
    ByteBuf frame = EventFormat.BINARY.frame(UnpooledByteBufAllocator.DEFAULT, message);
    assertThat(frame.toString(UTF_8)).isEqualTo("event: binary\ndata: AP8KDQ==\n\n");
    assertThat(read(frame.toString(UTF_8)).getFirst().data()).isEqualTo(message);
    frame.release();
  }

  @Test
  void aPingIsAnEmptyMessage() throws MalformedEventsException {
    assertThat(read(EventFormat.TEXT.ping().toString(UTF_8)).getFirst())
        .returns("", EventReaderTest::text);
  }
}
