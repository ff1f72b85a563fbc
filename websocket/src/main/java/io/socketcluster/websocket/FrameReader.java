// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of the bytes that the peer sends (RFC 6455, 5). An idle connection keeps nothing
 * here but a few numbers. Whatever a frame says of its length, no more is allocated than twice what
 * has come. Event loop only.
 */
public final class FrameReader {
  /** Told what has come; the arrays belong to the receiver. */
  public interface Sink {
    /** A whole message came, put together from its fragments but not inflated. */
    void onMessage(byte[] message, boolean binary, boolean compressed);

    void onPing(byte[] payload);

    void onPong();

    /** The last frame came; 1005 when it had no code, or came after {@link FrameReader#end}. */
    void onCloseFrame(int code, String reason);
  }

  private static final int FIRST_ROOM = 4096;
  private static final byte[] NO_BYTES = {};

  private final Sink sink;
  private final int maxPayload;
  private final FrameHeader header;
  private byte @Nullable [] payload; // of the frame that has begun
  private int filled;
  private @Nullable ByteArrayOutputStream fragments; // of the message that has begun
  private boolean binary;
  private boolean compressed;
  private boolean ended;

  /**
   * @param role the end that reads
   * @param maxPayload the most bytes that a message may have as it comes
   * @param compression whether messages may come compressed
   */
  public FrameReader(Role role, Sink sink, int maxPayload, boolean compression) {
    this.sink = sink;
    this.maxPayload = maxPayload;
    this.header = new FrameHeader(role.peer(), compression);
  }

  /** From now on it looks for nothing but a close frame; what it has of a message is dropped. */
  public void end() {
    ended = true;
    payload = null;
    fragments = null;
    header.acceptAnything();
  }

  /**
   * Takes some of the bytes that came, at most a frame. It has ended after a close frame, and after
   * a frame that broke the rules.
   *
   * @throws ProtocolViolation when a frame breaks the rules, or a message becomes too long
   */
  public void read(ByteBuf bytes) {
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
  public int heldBytes() {
    byte[] begun = payload;
    ByteArrayOutputStream earlier = fragments;
    return (begun == null ? 0 : begun.length) + (earlier == null ? 0 : 2 * earlier.size());
  }

  /** Lets go of a message that is not complete; nothing of what follows it can be read then. */
  public void letGo() {
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
        sink.onCloseFrame(CloseFrame.NO_STATUS, "");
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
    payload = header.length() == 0 ? NO_BYTES : new byte[roomFor(room)];
    return true;
  }

  private void checkMessage() {
    ByteArrayOutputStream begun = fragments;
    if ((header.opcode() == FrameHeader.CONTINUATION) != (begun != null)) {
      throw ProtocolViolation.ofFrame("A message within a message, or the rest of none");
    }
    if (header.length() + (begun == null ? 0 : begun.size()) > maxPayload) {
      throw ProtocolViolation.ofSize("A message of more than " + maxPayload + " bytes");
    }
  }

  private int roomFor(int wanted) {
    return (int) Math.min(header.length(), wanted);
  }

  private boolean readPayload(ByteBuf bytes) {
    byte[] room = payload == null ? NO_BYTES : payload;
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
    byte[] whole = payload == null ? NO_BYTES : payload;
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
    CloseFrame frame = CloseFrame.read(body);
    sink.onCloseFrame(frame.code(), frame.reason());
  }
}
