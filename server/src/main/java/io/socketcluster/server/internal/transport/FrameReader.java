// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.internal.EmptyArrays;
import io.socketcluster.protocol.CloseCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of the bytes of one client (RFC 6455, 5). An idle connection keeps nothing here
 * but a few numbers. Whatever a frame says of its length, no more is allocated than twice what has
 * come. Event loop only.
 */
final class FrameReader {
  /** Told what has come; the arrays belong to the receiver. */
  interface Sink {
    /** A whole message came, put together from its fragments but not inflated. */
    void onMessage(byte[] message, boolean binary, boolean compressed);

    void onPing(byte[] payload);

    void onPong();

    /** The last frame came; 1005 when it had no code, or came after {@link FrameReader#end}. */
    void onCloseFrame(int code, String reason);
  }

  private static final int FIRST_ROOM = 4096;
  private static final int CODE_BYTES = 2;
  private static final int HIGHEST_CODE = 4999; // of those that RFC 6455 has a use for

  private final Sink sink;
  private final int maxPayload;
  private final FrameHeader header;
  private byte @Nullable [] payload; // of the frame that has begun
  private int filled;
  private @Nullable ByteArrayOutputStream fragments; // of the message that has begun
  private boolean binary;
  private boolean compressed;
  private boolean ended;

  FrameReader(Sink sink, int maxPayload, boolean compression) {
    this.sink = sink;
    this.maxPayload = maxPayload;
    this.header = new FrameHeader(compression);
  }

  /** From now on it looks for nothing but a close frame; what it has of a message is dropped. */
  void end() {
    ended = true;
    payload = null;
    fragments = null;
    header.acceptAnything();
  }

  /**
   * Takes some of the bytes that came, at most a frame. It has ended after a close frame, and after
   * a frame that broke the rules.
   *
   * @throws CorruptedWebSocketFrameException when a frame breaks the rules
   * @throws TooLongFrameException when a message becomes too long
   */
  void read(ByteBuf bytes) {
    if (ended) {
      skip(bytes);
      return;
    }
    ended = true; // unless it comes to its end without an exception
    boolean complete = (payload != null || readHeader(bytes)) && readPayload(bytes);
    ended = false;
    if (complete) {
      onFrame();
    }
  }

  /** Returns how many bytes are kept of a message that is not complete. */
  int heldBytes() {
    byte[] begun = payload;
    ByteArrayOutputStream earlier = fragments;
    return (begun == null ? 0 : begun.length) + (earlier == null ? 0 : 2 * earlier.size());
  }

  /** Lets go of a message that is not complete; nothing of what follows it can be read then. */
  void letGo() {
    if (heldBytes() > 0) {
      end();
    }
  }

  private void skip(ByteBuf bytes) {
    end();
    if (!header.read(bytes)) {
      return;
    }
    long left = header.length() < 0 ? Long.MAX_VALUE : header.length() - filled;
    int skipped = (int) Math.min(bytes.readableBytes(), left);
    bytes.skipBytes(skipped);
    filled += skipped;
    if (skipped == left) {
      filled = 0;
      boolean closes = header.opcode() == FrameHeader.CLOSE;
      header.reset();
      if (closes) {
        sink.onCloseFrame(CloseCode.NO_STATUS, "");
      }
    }
  }

  private boolean readHeader(ByteBuf bytes) {
    if (!header.read(bytes)) {
      return false;
    }
    if (!header.isControl()) {
      checkMessage();
    }
    int room = Math.max(FIRST_ROOM, bytes.readableBytes());
    payload = header.length() == 0 ? EmptyArrays.EMPTY_BYTES : new byte[roomFor(room)];
    return true;
  }

  private void checkMessage() {
    ByteArrayOutputStream begun = fragments;
    if ((header.opcode() == FrameHeader.CONTINUATION) != (begun != null)) {
      throw FrameHeader.corrupted("A message within a message, or the rest of none");
    }
    if (header.length() + (begun == null ? 0 : begun.size()) > maxPayload) {
      throw new TooLongFrameException("A message of more than " + maxPayload + " bytes");
    }
  }

  private int roomFor(int wanted) {
    return (int) Math.min(header.length(), wanted);
  }

  private boolean readPayload(ByteBuf bytes) {
    byte[] room = payload == null ? EmptyArrays.EMPTY_BYTES : payload;
    int taken = roomFor(Math.min(bytes.readableBytes(), (int) header.length() - filled));
    if (filled + taken > room.length) {
      room = Arrays.copyOf(room, roomFor(2 * (filled + taken)));
      payload = room;
    }
    bytes.readBytes(room, filled, taken);
    filled += taken;
    return filled == header.length();
  }

  private void onFrame() {
    byte[] whole = payload == null ? EmptyArrays.EMPTY_BYTES : payload;
    header.unmask(whole);
    payload = null;
    filled = 0;
    int opcode = header.opcode();
    boolean last = header.isFinal();
    boolean squeezed = header.isCompressed();
    header.reset();
    switch (opcode) {
      case FrameHeader.PING -> sink.onPing(whole);
      case FrameHeader.PONG -> sink.onPong();
      case FrameHeader.CLOSE -> onClose(whole);
      case FrameHeader.CONTINUATION -> onFragment(whole, last);
      default -> {
        binary = opcode == FrameHeader.BINARY;
        compressed = squeezed;
        onFragment(whole, last);
      }
    }
  }

  private void onFragment(byte[] part, boolean last) {
    ByteArrayOutputStream begun = fragments;
    if (begun == null && last) {
      sink.onMessage(part, binary, compressed);
      return;
    }
    if (begun == null) {
      begun = new ByteArrayOutputStream(part.length);
      fragments = begun;
    }
    begun.writeBytes(part);
    if (last) {
      fragments = null;
      sink.onMessage(begun.toByteArray(), binary, compressed);
    }
  }

  private void onClose(byte[] body) {
    ended = true;
    if (body.length == 0) {
      sink.onCloseFrame(CloseCode.NO_STATUS, "");
      return;
    }
    int code = body.length < CODE_BYTES ? 0 : ByteBuffer.wrap(body).getShort() & 0xFFFF;
    if (code > HIGHEST_CODE || !WebSocketCloseStatus.isValidStatusCode(code)) {
      throw FrameHeader.corrupted("A close frame with the code " + code);
    }
    sink.onCloseFrame(code, reasonIn(ByteBuffer.wrap(body, CODE_BYTES, body.length - CODE_BYTES)));
  }

  private static String reasonIn(ByteBuffer text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "A close frame whose reason is no UTF-8", e);
    }
  }
}
