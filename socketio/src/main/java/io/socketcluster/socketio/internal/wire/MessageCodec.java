// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of Socket.IO as packets: each is an event {@code message}. With the bridge, JSON
 * messages in the form of a packet are that packet. It decodes one body of a message, and encodes
 * framed messages. Thread-safe.
 */
public final class MessageCodec implements CodecEngine {
  /** The event of the server's socket that a message is. */
  public static final String MESSAGE = "message";

  /** No text has this byte. */
  private static final byte HELLO = (byte) 0xFF;

  /** Stands for the empty text, which the socket would take for a pong. No text has this byte. */
  private static final byte EMPTY = (byte) 0xFE;

  private static final long HELLO_ID = -(1L << 53) + 1;
  private static final byte[] NOTHING = new byte[0];

  private final JsonCodec json = new JsonCodec();
  private final boolean bridge;
  private volatile @Nullable Broadcast broadcast;

  /**
   * @param bridge whether clients exchange packets with the server, too
   */
  public MessageCodec(boolean bridge) {
    this.bridge = bridge;
  }

  /** Returns the handshake that the door sends in the place of the client. */
  public static byte[] hello() {
    return new byte[] {HELLO};
  }

  /** Returns the message for the socket that is a body of the client. */
  public static byte[] inbound(byte[] body) {
    return body.length == 0 ? new byte[] {EMPTY} : body;
  }

  @Override
  public boolean isBinary() {
    return false;
  }

  // From the client.

  @Override
  public List<Packet> decode(byte[] body) {
    if (body.length == 1 && body[0] == HELLO) {
      return List.of(EventPacket.invoke(ReservedEvents.HANDSHAKE, Payload.of(Map.of()), HELLO_ID));
    }
    if (!JsonBody.is(body)) {
      String text = body.length == 1 && body[0] == EMPTY ? "" : new String(body, UTF_8);
      return List.of(EventPacket.transmit(MESSAGE, Payload.of(text)));
    }
    byte[] text = JsonBody.text(body);
    if (bridge) {
      List<Packet> packets = json.decode(text);
      if (packets.stream().noneMatch(MessageCodec::isForeign)) {
        return packets;
      }
    }
    EventPacket message = JsonBody.message(text, json);
    return message == null ? List.of() : List.of(message);
  }

  /** Returns whether this is no packet, or one that takes the place of the door's own. */
  private static boolean isForeign(Packet packet) {
    return packet instanceof RawPacket
        || (packet instanceof EventPacket event && event.isInvoke() && event.cid() == HELLO_ID);
  }

  // To the client.

  /** Many clients are sent this data next: it is encoded once for all of them. */
  public void broadcast(Payload data) {
    broadcast = new Broadcast(data);
  }

  private byte[] message(@Nullable Payload data) {
    Broadcast recent = broadcast;
    return data != null && recent != null && recent.isOf(data)
        ? recent.encoded(data)
        : Messages.write(data);
  }

  @Override
  public byte[] encode(Packet packet) {
    return switch (packet) {
      case EventPacket event when isMessage(event) -> message(event.data());
      case ResponsePacket answer when answer.rid() == HELLO_ID ->
          (answer.error() == null ? Greeting.WELCOME : Greeting.REFUSAL).toBytes();
      case RawPacket raw -> Framing.write(json.encode(raw));
      default -> bridge ? Framing.write(JsonBody.of(json.encode(packet))) : NOTHING;
    };
  }

  private static boolean isMessage(EventPacket event) {
    return event.event().equals(MESSAGE) && !event.isInvoke();
  }

  @Override
  public byte[] encode(List<Packet> batch) {
    return join(batch.stream().map(this::encode).toList());
  }

  /** A batch is the messages, one behind the other. */
  @Override
  public byte[] join(List<byte[]> messages) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    messages.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  @Override
  public byte[] encodePublish(String channel, @Nullable Payload data) {
    return bridge ? Framing.write(JsonBody.of(json.encodePublish(channel, data))) : NOTHING;
  }
}
