// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The packets of version 0, which are JSON with other meanings: the server speaks first, tokens
 * come with the name of their cookie, and errors are texts. The names have their {@code #} here;
 * {@link Dialect} takes it away for the clients before 1.3.12. Thread-safe.
 */
final class PacketZeroCodec implements CodecEngine {
  /** The id of the handshake that the door sends in the place of the client. */
  static final long HELLO_ID = -(1L << 53) + 1;

  private static final String STATUS = "#status";
  private static final String FAIL = "#fail";
  private static final String PLAIN_ERROR = "Error";
  private static final Payload FAREWELL = Payload.of(Map.of("disconnect", 1));

  private final JsonCodec json = new JsonCodec();
  private final String authCookieName;
  private final Duration pingTimeout;
  private final boolean announcesDisconnect;

  /**
   * @param pingTimeout what clients are told of it
   * @param announcesDisconnect whether clients know the packet {@code #disconnect}; the others are
   *     told not to return by {@code {"disconnect":1}}
   */
  PacketZeroCodec(String authCookieName, Duration pingTimeout, boolean announcesDisconnect) {
    this.authCookieName = authCookieName;
    this.pingTimeout = pingTimeout;
    this.announcesDisconnect = announcesDisconnect;
  }

  /** Returns the handshake of a client with this token. */
  byte[] hello(@Nullable String token) {
    Map<String, Object> data = token == null ? Map.of() : Map.of("authToken", token);
    return json.encode(EventPacket.invoke(ReservedEvents.HANDSHAKE, Payload.of(data), HELLO_ID));
  }

  @Override
  public boolean isBinary() {
    return false;
  }

  @Override
  public List<Packet> decode(byte[] message) {
    List<Packet> packets = json.decode(message);
    boolean isList = packets.size() == 1 && isSubscriptionToList(packets.getFirst());
    return isList ? subscriptions((EventPacket) packets.getFirst()) : packets;
  }

  private static boolean isSubscriptionToList(Packet packet) {
    return packet instanceof EventPacket event
        && event.event().equals(ReservedEvents.SUBSCRIBE)
        && event.data() != null
        && event.data().node().isArray()
        && !event.data().node().isEmpty();
  }

  /** The last one is answered; each of the others is a packet of its own. */
  private static List<Packet> subscriptions(EventPacket packet) {
    Payload data = packet.data();
    List<Packet> each = new ArrayList<>();
    if (data != null) {
      for (JsonNode channel : data.node()) {
        each.add(EventPacket.transmit(packet.event(), Payload.of(channel)));
      }
    }
    if (packet.isInvoke()) {
      EventPacket last = (EventPacket) each.removeLast();
      each.add(EventPacket.invoke(packet.event(), last.data(), packet.cid()));
    }
    return List.copyOf(each);
  }

  @Override
  public byte[] encode(Packet packet) {
    return switch (packet) {
      case EventPacket event -> encode(event);
      case ResponsePacket answer when answer.rid() == HELLO_ID -> status(answer);
      case ResponsePacket answer -> json.encode(withTextAsError(answer));
      case RawPacket raw -> json.encode(raw);
    };
  }

  private byte[] encode(EventPacket event) {
    return switch (event.event()) {
      case ReservedEvents.SET_AUTH_TOKEN ->
          json.encode(withData(event, with(event.data(), "cookieName", authCookieName)));
      case ReservedEvents.DISCONNECT ->
          announcesDisconnect ? json.encode(event) : FAREWELL.toBytes();
      default -> json.encode(event);
    };
  }

  private static EventPacket withData(EventPacket event, Payload data) {
    return event.isInvoke()
        ? EventPacket.invoke(event.event(), data, event.cid())
        : EventPacket.transmit(event.event(), data);
  }

  private static Payload with(@Nullable Payload data, String name, Object value) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (data != null) {
      data.node().properties().forEach(each -> members.put(each.getKey(), each.getValue()));
    }
    members.put(name, value);
    return Payload.of(members);
  }

  /** The server speaks first: what others are answered is an event here. */
  private byte[] status(ResponsePacket answer) {
    Payload error = answer.error();
    EventPacket event =
        error == null
            ? EventPacket.transmit(
                STATUS, with(answer.data(), "pingTimeout", pingTimeout.toMillis()))
            : EventPacket.transmit(FAIL, Payload.of(textOf(error)));
    return json.encode(event);
  }

  private static ResponsePacket withTextAsError(ResponsePacket answer) {
    Payload error = answer.error();
    if (error == null) {
      return answer;
    }
    Payload text = Payload.of(textOf(error));
    Payload data = answer.data();
    return data == null
        ? ResponsePacket.failure(answer.rid(), text)
        : ResponsePacket.failure(answer.rid(), text, data);
  }

  /** Returns the text that JavaScript makes of an error. */
  private static String textOf(Payload error) {
    JsonNode node = error.node();
    if (!node.isObject()) {
      return node.isString() ? node.stringValue() : error.toString();
    }
    String name = node.path("name").stringValue(PLAIN_ERROR);
    String message = node.path("message").stringValue("");
    return message.isEmpty() ? name : name + ": " + message;
  }

  /** Version 0 has no batches. */
  @Override
  public byte[] encode(List<Packet> batch) {
    return json.encode(batch);
  }

  @Override
  public byte[] join(List<byte[]> messages) {
    return json.join(messages);
  }

  @Override
  public byte[] encodePublish(String channel, @Nullable Payload data) {
    return json.encodePublish(channel, data);
  }
}
