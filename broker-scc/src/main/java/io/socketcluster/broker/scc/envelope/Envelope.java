// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Messages of one channel on their way between workers: {@code {"sender":"..","messages":[..]}}.
 * The bytes of a message pass through unchanged. Node has no message without data: it travels as
 * {@code null}, and engines of this library read from {@code "absent":[index,..]} which ones.
 *
 * @param sender the id of the worker that sends, or null when it has none
 * @param isOfServer whether the sender is a server of this library that vouches for the messages as
 *     its own, {@code "server":true}; what a client publishes never gets there, whichever worker it
 *     is connected to
 */
public record Envelope(
    @Nullable String sender, List<@Nullable Payload> messages, boolean isOfServer) {
  private static final int MAX_MESSAGES = 65_536; // what one packet may make us create
  private static final byte[] NULL = "null".getBytes(UTF_8);

  private static final TokenStreamFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder() // the client has checked depth and sizes
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Returns the envelope as the data of a publish. */
  public Payload toPayload() {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes("{\"sender\":".getBytes(UTF_8));
    json.writeBytes(Payload.of(sender).toBytes());
    json.writeBytes(",\"messages\":[".getBytes(UTF_8));
    List<Integer> absent = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Payload message = messages.get(i);
      if (i > 0) {
        json.write(',');
      }
      if (message == null) {
        absent.add(i);
      }
      json.writeBytes(message == null ? NULL : message.toBytes());
    }
    json.write(']');
    if (!absent.isEmpty()) {
      json.writeBytes((",\"absent\":" + absent).getBytes(UTF_8));
    }
    if (isOfServer) {
      json.writeBytes(",\"server\":true".getBytes(UTF_8));
    }
    json.write('}');
    return Payload.ofJson(json.toByteArray(), 0, json.size());
  }

  /**
   * Reads an envelope.
   *
   * @return null when the data is no envelope
   */
  public static @Nullable Envelope of(Payload data) {
    byte[] json = data.toBytes();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? new Reading(parser, json).read() : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /** Reads an envelope in one walk over its bytes. */
  private static final class Reading {
    private final JsonParser parser;
    private final byte[] json;
    private @Nullable String sender;
    private boolean isOfServer;
    private @Nullable List<@Nullable Payload> messages;

    Reading(JsonParser parser, byte[] json) {
      this.parser = parser;
      this.json = json;
    }

    @Nullable Envelope read() {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "sender" -> sender = value == JsonToken.VALUE_STRING ? parser.getString() : null;
          case "messages" -> messages = value == JsonToken.START_ARRAY ? elements() : null;
          case "absent" -> removeAbsent();
          case "server" -> isOfServer = value == JsonToken.VALUE_TRUE;
          default -> {}
        }
        parser.skipChildren();
      }
      return messages == null ? null : new Envelope(sender, messages, isOfServer);
    }

    private @Nullable List<@Nullable Payload> elements() {
      List<@Nullable Payload> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (elements.size() == MAX_MESSAGES) {
          throw new StreamReadException("More than " + MAX_MESSAGES + " messages");
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        elements.add(Payload.ofJson(json, start, end - start));
      }
      return elements;
    }

    /** Our engines write the places behind the messages; places of anything else do nothing. */
    private void removeAbsent() {
      if (parser.currentToken() != JsonToken.START_ARRAY || messages == null) {
        return;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        boolean isPlace =
            parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT;
        int place = isPlace ? parser.getIntValue() : -1;
        if (place >= 0 && place < messages.size()) {
          messages.set(place, null);
        }
        parser.skipChildren();
      }
    }
  }
}
