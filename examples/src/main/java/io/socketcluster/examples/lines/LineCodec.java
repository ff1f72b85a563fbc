// SPDX-License-Identifier: MIT
package io.socketcluster.examples.lines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The protocol of lines. A client writes these, where ID is a number that the answer repeats and
 * DATA is JSON or a text:
 *
 * <pre>
 * subscribe ID CHANNEL
 * unsubscribe ID CHANNEL
 * publish CHANNEL DATA
 * transmit EVENT DATA
 * invoke ID EVENT DATA
 * </pre>
 *
 * <p>It reads {@code welcome}, {@code ID ok DATA}, {@code ID error DATA}, {@code message CHANNEL
 * DATA} and {@code event EVENT DATA}. Thread-safe.
 */
final class LineCodec implements CodecEngine {
  /** The first line of each client, which its connection writes in its place. */
  static final String HELLO = "hello";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final long ID_OF_HELLO = 0;

  @Override
  public boolean isBinary() {
    return false;
  }

  @Override
  public List<Packet> decode(byte[] message) {
    String line = new String(message, UTF_8).strip();
    String[] words = line.split("\\s+", 4);
    return List.of(
        switch (words[0]) {
          case HELLO ->
              EventPacket.invoke(ReservedEvents.HANDSHAKE, Payload.of(Map.of()), ID_OF_HELLO);
          case "subscribe" ->
              EventPacket.invoke(
                  ReservedEvents.SUBSCRIBE,
                  Payload.of(Map.of("channel", word(words, 2))),
                  id(words));
          case "unsubscribe" ->
              EventPacket.invoke(ReservedEvents.UNSUBSCRIBE, Payload.of(word(words, 2)), id(words));
          case "publish" -> EventPacket.publish(word(words, 1), data(line, 2));
          case "transmit" -> EventPacket.transmit(word(words, 1), data(line, 2));
          case "invoke" -> EventPacket.invoke(word(words, 2), data(line, 3), id(words));
          default -> new RawPacket(line);
        });
  }

  private static String word(String[] words, int index) {
    if (index >= words.length) {
      throw malformed("A line of " + words[0] + " needs more words");
    }
    return words[index];
  }

  private static long id(String[] words) {
    try {
      return Integer.parseUnsignedInt(word(words, 1));
    } catch (NumberFormatException e) {
      throw malformed("The ID of a line of " + words[0] + " is not a number");
    }
  }

  private static MalformedMessageException malformed(String why) {
    return new MalformedMessageException(CloseCode.INVALID_DATA, why);
  }

  /** Returns what follows so many words. */
  private static @Nullable Payload data(String line, int words) {
    String[] parts = line.split("\\s+", words + 1);
    if (parts.length <= words) {
      return null;
    }
    try {
      return Payload.of(JSON.readTree(parts[words]));
    } catch (JacksonException e) {
      return Payload.of(parts[words]);
    }
  }

  @Override
  public byte[] encode(Packet packet) {
    return switch (packet) {
      case EventPacket event when event.event().equals(ReservedEvents.PUBLISH) ->
          line("message", event.channel(), event.channelData());
      case EventPacket event -> line("event", event.event(), event.data());
      case ResponsePacket answer when answer.rid() == ID_OF_HELLO -> line("welcome");
      case ResponsePacket answer when answer.error() != null ->
          line(answer.rid(), "error", answer.error());
      case ResponsePacket answer -> line(answer.rid(), "ok", answer.data());
      case RawPacket raw -> line(raw.message());
    };
  }

  @Override
  public byte[] encode(List<Packet> batch) {
    return join(batch.stream().map(this::encode).toList());
  }

  @Override
  public byte[] join(List<byte[]> messages) {
    return messages.stream()
        .map(message -> new String(message, UTF_8))
        .collect(Collectors.joining("\n"))
        .getBytes(UTF_8);
  }

  @Override
  public byte[] encodePublish(String channel, @Nullable Payload data) {
    return line("message", channel, data);
  }

  /** Joins words. JSON has no line feed but between tokens, where a space says the same. */
  private static byte[] line(@Nullable Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      if (word != null) {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    return line.toString().replaceAll("[\\r\\n]", " ").getBytes(UTF_8);
  }
}
