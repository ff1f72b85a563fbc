// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Writes whatever it wants and reads nothing. It ends with an exception when it is cut off. */
final class HostileClient implements AutoCloseable {
  private static final int FINAL_TEXT = 0x81;
  private static final int COMPRESSED = 0x40;

  private final Socket socket;
  private final OutputStream out;

  private HostileClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    out = socket.getOutputStream();
  }

  /** Connects and sends no more than TCP does. */
  static HostileClient tcp(int port) throws IOException {
    return new HostileClient(port);
  }

  /** Connects, upgrades and shakes hands, without waiting for an answer. */
  static HostileClient open(int port) throws IOException {
    return open(port, "");
  }

  /** Does so as a client that the server takes its time for. */
  static HostileClient openLate(int port) throws IOException {
    return open(port, "?late=yes");
  }

  private static HostileClient open(int port, String query) throws IOException {
    HostileClient client = upgrading(port, query);
    client.send("{\"event\":\"#handshake\",\"data\":{\"authToken\":null},\"cid\":1}");
    return client;
  }

  private static HostileClient upgrading(int port, String query) throws IOException {
    HostileClient client = new HostileClient(port);
    client.write(
        ("GET /socketcluster/"
                + query
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
            .getBytes(ISO_8859_1));
    return client;
  }

  void send(String text) throws IOException {
    write(frame(FINAL_TEXT, text.getBytes(UTF_8)));
  }

  /** Sends a text that is small on the wire. */
  void sendCompressed(byte[] deflated) throws IOException {
    write(frame(FINAL_TEXT | COMPRESSED, deflated));
  }

  /** Sends the head of a message and a part of the rest. */
  void begin(String text, int bytes) throws IOException {
    byte[] whole = frame(FINAL_TEXT, text.getBytes(UTF_8));
    out.write(whole, 0, bytes);
    out.flush();
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  static byte[] deflated(String text) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(text.getBytes(UTF_8));
    byte[] room = new byte[text.length() + 64];
    int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(room, length - 4); // RFC 7692, 7.2.1
  }

  /** A frame whose mask changes nothing. */
  private static byte[] frame(int firstByte, byte[] content) {
    ByteBuffer frame = ByteBuffer.allocate(14 + content.length).put((byte) firstByte);
    if (content.length < 126) {
      frame.put((byte) (0x80 | content.length));
    } else if (content.length <= 0xFFFF) {
      frame.put((byte) (0x80 | 126)).putShort((short) content.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(content.length);
    }
    frame.putInt(0).put(content).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
