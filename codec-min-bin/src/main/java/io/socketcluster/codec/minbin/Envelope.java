// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.WireErrors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The members of one packet, in short form or long. Used for one packet after the other. */
final class Envelope {
  private static final int FORM_SIZE = 3;
  private static final long HIGHEST_ID = 1L << 53; // up to here a JavaScript number is exact

  private final byte[] message;
  private final MessageInput in;
  private final MessageScanner scanner;
  private Part @Nullable [] eventForm;
  private Part @Nullable [] publishForm;
  private Part @Nullable [] responseForm;
  private Part event = Part.ABSENT;
  private Part data = Part.ABSENT;
  private Part cid = Part.ABSENT;
  private Part rid = Part.ABSENT;
  private Part error = Part.ABSENT;

  /** A checked value of the message. */
  private record Part(int start, int end) {
    static final Part ABSENT = new Part(0, 0);

    boolean isAbsent() {
      return end == 0;
    }
  }

  Envelope(byte[] message, MessageInput in, MessageScanner scanner) {
    this.message = message;
    this.in = in;
    this.scanner = scanner;
  }

  /** The packet that the next map is; null if it is none. */
  @Nullable Packet read() {
    eventForm = publishForm = responseForm = null;
    event = data = cid = rid = error = Part.ABSENT;
    scanner.beginPacket();
    scanner.enter();
    for (int left = in.mapHeader(); left > 0; left--) {
      readMember(scanner.name());
    }
    scanner.leave();
    return packet();
  }

  private void readMember(String name) {
    switch (name) {
      case PacketWriter.EVENT -> eventForm = form();
      case PacketWriter.PUBLISH -> publishForm = form();
      case PacketWriter.RESPONSE -> responseForm = form();
      case "event" -> event = part();
      case "data" -> data = part();
      case "cid" -> cid = part();
      case "rid" -> rid = part();
      case "error" -> error = part();
      default -> scanner.skipValue();
    }
  }

  private Part part() {
    int start = in.position();
    scanner.skipValue();
    return new Part(start, in.position());
  }

  /** The elements that mean something; null if the value is no array. */
  private Part @Nullable [] form() {
    if (in.kind() != ValueKind.ARRAY) {
      scanner.skipValue();
      return null;
    }
    scanner.countValue();
    Part[] form = {Part.ABSENT, Part.ABSENT, Part.ABSENT};
    scanner.enter();
    int size = in.arrayHeader();
    for (int i = 0; i < size; i++) {
      Part element = part();
      if (i < FORM_SIZE) {
        form[i] = element;
      }
    }
    scanner.leave();
    return form;
  }

  private @Nullable Packet packet() {
    if (publishForm != null) {
      return publish(publishForm[0], payload(publishForm[1]), id(publishForm[2]));
    }
    if (eventForm != null) {
      event = eventForm[0];
      cid = eventForm[2];
      return event(eventForm[1].isAbsent() ? Payload.of(null) : payload(eventForm[1]));
    }
    if (kind(event) == ValueKind.STRING) {
      return event(payload(data));
    }
    return responseForm == null
        ? response(rid, error, data)
        : response(responseForm[0], responseForm[1], responseForm[2]);
  }

  private ValueKind kind(Part part) {
    return part.isAbsent() ? ValueKind.NIL : at(part).kind();
  }

  private MessageInput at(Part part) {
    return new MessageInput(message, part.start(), part.end());
  }

  private @Nullable Payload payload(Part part) {
    return part.isAbsent() ? null : MessagePackValue.payload(message, part.start(), part.end());
  }

  private @Nullable EventPacket event(@Nullable Payload carried) {
    if (kind(event) != ValueKind.STRING) {
      return null;
    }
    Long id = id(cid);
    String name = ReservedEvents.canonical(at(event).string());
    scanner.checkValues(name);
    return id == null ? EventPacket.transmit(name, carried) : EventPacket.invoke(name, carried, id);
  }

  private EventPacket publish(Part channel, @Nullable Payload published, @Nullable Long id) {
    if (kind(channel) == ValueKind.STRING) {
      String name = at(channel).string();
      return id == null
          ? EventPacket.publish(name, published)
          : EventPacket.publish(name, published, id);
    }
    Payload carried = Payload.of(withoutChannelName(channel, published));
    return id == null
        ? EventPacket.transmit(ReservedEvents.PUBLISH, carried)
        : EventPacket.invoke(ReservedEvents.PUBLISH, carried, id);
  }

  private JsonNode withoutChannelName(Part channel, @Nullable Payload published) {
    ObjectNode carried = JsonNodeFactory.instance.objectNode();
    if (!channel.isAbsent()) {
      carried.set("channel", Trees.of(at(channel)));
    }
    if (published != null) {
      carried.set("data", published.node());
    }
    return carried;
  }

  private @Nullable ResponsePacket response(Part answered, Part failure, Part result) {
    Long id = id(answered);
    if (id == null) {
      return null;
    }
    Payload problem = payload(failure);
    return problem != null && WireErrors.isFailure(problem)
        ? ResponsePacket.failure(id, problem)
        : ResponsePacket.success(id, payload(result));
  }

  /** The whole number that a value is; null if it is none, or not exact in JavaScript. */
  private @Nullable Long id(Part part) {
    return switch (kind(part)) {
      case INTEGER -> at(part).isOverLong() ? null : exact(at(part).integer());
      case FLOAT -> {
        double value = at(part).floating();
        yield value == Math.rint(value) ? exact((long) value) : null;
      }
      default -> null;
    };
  }

  private static @Nullable Long exact(long value) {
    return value >= -HIGHEST_ID && value <= HIGHEST_ID ? value : null;
  }
}
