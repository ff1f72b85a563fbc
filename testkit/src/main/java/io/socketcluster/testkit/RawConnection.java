// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's end of one connection of a {@link RawServer}. Each read waits for a minute at most
 * and then throws {@link UncheckedIOException}. Not thread-safe.
 */
public final class RawConnection implements AutoCloseable {
  /** The opcode of a text frame. */
  public static final int TEXT = 1;

  /** The opcode of a binary frame. */
  public static final int BINARY = 2;

  /** The opcode of a close frame. */
  public static final int CLOSE = 8;

  /** The opcode of a ping of WebSocket; SocketCluster has pings of its own, which are text. */
  public static final int PING = 9;

  /** The opcode of a pong of WebSocket. */
  public static final int PONG = 10;

  /** The bit of a first byte that says that the message is compressed. */
  public static final int COMPRESSED = 0x40;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final Pattern KEY = Pattern.compile("(?im)^sec-websocket-key: *(\\S+)");
  private static final Pattern CID = Pattern.compile("\"cid\":(\\d+)");

  private final Socket socket;
  private final DataInputStream in;

  /**
   * A frame that the client has sent.
   *
   * @param first its first byte: the bits FIN and RSV, and the opcode
   * @param content its payload, without the mask; of a compressed message as it came
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Frame(int first, byte[] content) {
    /** Returns the opcode, such as {@link #TEXT}. */
    public int opcode() {
      return first & 0x0f;
    }

    /** Returns whether a compressed message begins with this frame. */
    public boolean isCompressed() {
      return (first & COMPRESSED) != 0;
    }

    /** Returns the content, read as UTF-8. */
    public String text() {
      return new String(content, UTF_8);
    }

    /** Returns the code that a close frame begins with. */
    public int closeCode() {
      return ByteBuffer.wrap(content).getShort() & 0xffff;
    }
  }

  @FunctionalInterface
  private interface Action<T> {
    T run() throws IOException;
  }

  RawConnection(Socket socket, Duration patience) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) patience.toMillis());
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  private static <T> T io(Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the head of the client's request. */
  public String readRequest() {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) io(in::readUnsignedByte).intValue());
    }
    return head.toString();
  }

  /** Agrees to the upgrade, and returns the head of the request. */
  public String upgrade() {
    return upgrade("");
  }

  /** Agrees to the upgrade with more header lines in the answer, each with its CR LF. */
  public String upgrade(String lines) {
    String request = readRequest();
    String agreement = agreement(request).replaceFirst("\r\n\r\n$", "\r\n" + lines + "\r\n");
    sendBytes(agreement.getBytes(ISO_8859_1));
    return request;
  }

  /** Returns the answer 101 to an upgrade request. */
  public static String agreement(String request) {
    Matcher key = KEY.matcher(request);
    if (!key.find()) {
      throw new AssertionError("No key in " + request);
    }
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + accept(key.group(1))
        + "\r\n\r\n";
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads the client's {@code #handshake} and answers with this status. */
  public void answerHandshake(String status) {
    answer(readText(), "\"data\":" + status);
  }

  /** Answers an invoke with {@code "data":...} or {@code "error":...}. */
  public void answer(String invoke, String dataOrError) {
    sendText("{\"rid\":" + cidOf(invoke) + "," + dataOrError + "}");
  }

  /** Returns the call id of an invoke. */
  public static String cidOf(String invoke) {
    Matcher cid = CID.matcher(invoke);
    if (!cid.find()) {
      throw new AssertionError("No cid in " + invoke);
    }
    return cid.group(1);
  }

  /** Answers the upgrade; a client may leave before the end of a long answer. */
  public void answerOf(int status, String reason, String body) {
    readRequest();
    String answer =
        "HTTP/1.1 %d %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, reason, body.length(), body);
    untilTheClientLeaves(() -> sendBytes(answer.getBytes(ISO_8859_1)));
  }

  /** Sends a text message in a single frame. */
  public void sendText(String message) {
    sendFrame(FINAL | TEXT, message.getBytes(UTF_8));
  }

  /** Sends a close frame without a reason. */
  public void sendClose(int code) {
    sendFrame(FINAL | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
  }

  /** Sends a frame with this first byte, unmasked as it is for a server. */
  public void sendFrame(int firstByte, byte[] content) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(firstByte);
    if (content.length < 126) {
      frame.write(content.length);
    } else if (content.length < 1 << 16) {
      frame.write(126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) content.length).array());
    } else {
      frame.write(127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(content.length).array());
    }
    frame.writeBytes(content);
    sendBytes(frame.toByteArray());
  }

  /** Sends what makes the client leave: on a slow machine it has left before the end of it. */
  public void sendFrameUntilTheClientLeaves(int firstByte, byte[] content) {
    untilTheClientLeaves(() -> sendFrame(firstByte, content));
  }

  private static void untilTheClientLeaves(Runnable send) {
    try {
      send.run();
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof SocketException)) {
        throw e;
      }
    }
  }

  /** Writes bytes as they are. */
  public void sendBytes(byte[] bytes) {
    io(
        () -> {
          socket.getOutputStream().write(bytes);
          return bytes;
        });
  }

  /** Returns the next frame that is text. */
  public String readText() {
    Frame frame = readFrame();
    if (frame.opcode() != TEXT) {
      throw new AssertionError("Text was expected, but " + frame.opcode() + " came");
    }
    return frame.text();
  }

  /** Returns the next frame, whatever it is. */
  public Frame readFrame() {
    return io(
        () -> {
          int first = in.readUnsignedByte();
          int second = in.readUnsignedByte();
          if ((second & MASKED) == 0) {
            throw new AssertionError("A client has to mask its frames");
          }
          byte[] mask = new byte[4];
          byte[] content = new byte[length(second & ~MASKED)];
          in.readFully(mask);
          in.readFully(content);
          for (int i = 0; i < content.length; i++) {
            content[i] ^= mask[i % 4];
          }
          return new Frame(first, content);
        });
  }

  private int length(int given) throws IOException {
    return switch (given) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> given;
    };
  }

  /**
   * Returns whether the client ends the TCP connection, having sent nothing more. It does so with a
   * reset when something that it does not want any more is still on its way.
   */
  public boolean isEnded() {
    return io(
        () -> {
          try {
            in.readUnsignedByte();
            return false;
          } catch (EOFException | SocketException e) {
            return true;
          }
        });
  }

  /** Ends the connection as a system does whose process was killed. */
  public void reset() {
    io(
        () -> {
          socket.setSoLinger(true, 0);
          socket.close();
          return socket;
        });
  }

  /** Ends the TCP connection without a close frame. */
  @Override
  public void close() {
    io(
        () -> {
          socket.close();
          return socket;
        });
  }
}
