// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** A connection that speaks HTTP or WebSocket, as little of them as a load needs. */
public final class Wire implements AutoCloseable {
  private static final int BUFFER = 1024;
  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final int SHORT_FOLLOWS = 126;

  private final Socket socket;
  private final DataInputStream in;

  public Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
  }

  public String get(String path) throws IOException {
    return request("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  public String post(String path, String body) throws IOException {
    return request(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private String request(String text) throws IOException {
    write(text.getBytes(ISO_8859_1));
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).trim());
      } else if (lower.startsWith("transfer-encoding:")) {
        length = -1;
      }
    }
    return length < 0 ? chunk() : new String(in.readNBytes(length), UTF_8);
  }

  /** Begins a stream: reads the head. */
  public void stream(String path) throws IOException {
    write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1));
    readHead();
  }

  /** Reads a chunk of a stream. */
  public String chunk() throws IOException {
    byte[] bytes = in.readNBytes(Integer.parseInt(line(), 16));
    line();
    return new String(bytes, UTF_8);
  }

  public void upgrade(String path) throws IOException {
    write(
        ("GET "
                + path
                + " HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(ISO_8859_1));
    readHead();
  }

  private void readHead() throws IOException {
    String line = line();
    while (!line.isEmpty()) {
      line = line();
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new EOFException("The server has closed the connection after " + line);
      }
      if (each != '\r') {
        line.append((char) each);
      }
    }
    return line.toString();
  }

  /** Sends a text of at most 125 bytes. */
  public void sendFrame(String text) throws IOException {
    byte[] content = text.getBytes(UTF_8);
    byte[] frame = new byte[content.length + 6];
    frame[0] = (byte) TEXT;
    frame[1] = (byte) (MASKED | content.length); // the mask is zero
    System.arraycopy(content, 0, frame, 6, content.length);
    write(frame);
  }

  public String frame() throws IOException {
    in.readByte();
    int length = in.readUnsignedByte();
    if (length == SHORT_FOLLOWS) {
      length = in.readUnsignedShort();
    }
    return new String(in.readNBytes(length), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Opens a WebSocket of protocol 2, and subscribes it to the channel of the load. */
  public void openProtocol2() throws IOException {
    upgrade("/socketcluster/");
    sendFrame("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}");
    sendFrame("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room\"},\"cid\":2}");
    while (!frame().contains("\"rid\":2")) {
      sendFrame(""); // which tells the version
    }
  }
}
