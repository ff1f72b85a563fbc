// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import io.socketcluster.testkit.RawClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A client with a small buffer of the system that reads only what it is told to read. */
final class SlowClient implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 8192;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private String id = "";

  private SlowClient(TestServer test) throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), test.port()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    write(RawClient.upgradeRequest(test.server().getPath()).getBytes(ISO_8859_1));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    send("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}");
    id = nextJson().path("data").path("id").asString();
  }

  /** Connects and shakes hands. */
  static SlowClient connect(TestServer test) {
    try {
      return new SlowClient(test);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void subscribe(String channel) {
    send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"" + channel + "\"},\"cid\":2}");
    JsonNode answer = nextJson();
    if (!answer.toString().equals("{\"rid\":2}")) {
      throw new AssertionError("Not subscribed: " + answer);
    }
  }

  String id() {
    return id;
  }

  AGServerSocket socketIn(TestServer test) {
    return Objects.requireNonNull(test.server().clients().get(id), "closed already");
  }

  void send(String message) {
    sendFrame(0x81, message.getBytes(UTF_8));
  }

  void sendFrame(int firstByte, byte[] content) {
    try {
      write(RawClient.frame(firstByte, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private JsonNode nextJson() {
    try {
      byte[] frame = readFrame();
      return Payload.ofJson(frame, 0, frame.length).node();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the next message that is no ping, or the code of a close frame in two bytes. */
  byte[] readFrame() throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(in.readLong());
      }
      byte[] content = in.readNBytes(length);
      if (content.length < length) {
        throw new IOException("The connection ended in a frame");
      }
      if (first == 0x88 || length > 0) {
        return first == 0x88 ? new byte[] {content[0], content[1]} : content;
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
