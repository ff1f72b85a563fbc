// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client of the loopback address that sends what the test says, byte by byte if need be. It
 * answers pings, unless told not to, and keeps all other messages in the order of their arrival,
 * until {@link #next} takes them. A wait lasts a minute at most, and then fails the test. Methods
 * that write may be called by any thread.
 */
public final class RawClient implements AutoCloseable {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int COMPRESSED = 0x40;
  private static final byte[] MASK = {1, 2, 3, 4};
  private static final int PATIENCE_SECONDS = 60;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final AtomicInteger pings = new AtomicInteger();
  private final AtomicInteger compressed = new AtomicInteger();
  private final AtomicInteger lastCid = new AtomicInteger();
  private volatile boolean answersPings = true;
  private volatile boolean answersClose = true;
  private volatile boolean ended;
  private String id = "";

  /**
   * The close frame of the server.
   *
   * @param code the code of its close frame, 1005 if that had none, 1006 if no close frame came
   * @param reason the reason of its close frame
   */
  public record Closed(int code, String reason) {}

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
  }

  /** Connects a TCP socket and sends nothing. */
  public static RawClient tcp(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_SECONDS * 1000);
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Talks over a socket that is connected. */
  public static RawClient over(Socket socket) {
    try {
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects and upgrades, without the handshake of SocketCluster. */
  public static RawClient upgraded(int port, String path) {
    RawClient client = tcp(port);
    client.write(upgradeRequest(path).getBytes(ISO_8859_1));
    client.readUpgradeAnswer();
    return client;
  }

  /** Returns an upgrade request; each further header comes with its CR LF. */
  public static String upgradeRequest(String path, String... moreHeaders) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + String.join("", moreHeaders)
        + "\r\n";
  }

  /** Reads the answer to an upgrade request and returns it, then listens for frames. */
  public String readUpgradeAnswer() {
    String head = readHead();
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IllegalStateException("Not upgraded: " + head);
    }
    Thread.ofVirtual().name("raw-client").start(this::readFrames);
    return head;
  }

  /** Upgrades with more headers, and returns the head of the answer. */
  public String upgrade(String path, String... moreHeaders) {
    write(upgradeRequest(path, moreHeaders).getBytes(ISO_8859_1));
    return readUpgradeAnswer();
  }

  /** Reads an HTTP answer up to the empty line. */
  public String readHead() {
    return readUntil("\r\n\r\n");
  }

  /** Reads up to a text, and not beyond it. */
  public String readUntil(String end) {
    StringBuilder read = new StringBuilder();
    try {
      while (read.indexOf(end, read.length() - end.length()) < 0) {
        read.append((char) in.readUnsignedByte());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("After: " + read, e);
    }
    return read.toString();
  }

  /** Reads all that comes until the server closes. */
  public String readAll() {
    try {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readFrames() {
    try {
      while (true) {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
          length = in.readUnsignedShort();
        } else if (length == 127) {
          length = Math.toIntExact(in.readLong());
        }
        onFrame(first & 0x0F, contentOf(first, in.readNBytes(length)));
      }
    } catch (IOException | RuntimeException e) {
      closed.complete(new Closed(1006, e.toString()));
      ended = true;
    }
  }

  private byte[] contentOf(int firstByte, byte[] content) {
    if ((firstByte & COMPRESSED) == 0) {
      return content;
    }
    compressed.incrementAndGet();
    return Deflated.inflated(content);
  }

  private void onFrame(int opcode, byte[] content) {
    if (opcode == CLOSE) {
      ByteBuffer close = ByteBuffer.wrap(content);
      int code = content.length < 2 ? 1005 : close.getShort();
      closed.complete(new Closed(code, UTF_8.decode(close).toString()));
      if (answersClose) {
        sendFrame(CLOSE, content.length < 2 ? content : new byte[] {content[0], content[1]});
      }
    } else if (content.length == 0) {
      pings.incrementAndGet();
      if (answersPings) {
        send("");
      }
    } else {
      messages.add(new String(content, UTF_8));
    }
  }

  /** Completes the handshake of SocketCluster and returns the data of its answer. */
  public JsonNode handshake(@Nullable String token) {
    send(
        "{\"event\":\"#handshake\",\"data\":{\"authToken\":"
            + Payload.of(token)
            + "},\"cid\":"
            + lastCid.incrementAndGet()
            + "}");
    JsonNode status = nextJson().path("data");
    id = status.path("id").asString();
    return status;
  }

  /** Returns the id of the socket; known after the handshake. */
  public String id() {
    return id;
  }

  /** Sends an event that wants no answer. Its data is encoded as JSON. */
  public void transmit(String event, @Nullable Object data) {
    send("{\"event\":" + Payload.of(event) + ",\"data\":" + Payload.of(data) + "}");
  }

  /** Sends a call and returns its id. */
  public int invoke(String event, @Nullable Object data) {
    int cid = lastCid.incrementAndGet();
    send(
        "{\"event\":"
            + Payload.of(event)
            + ",\"data\":"
            + Payload.of(data)
            + ",\"cid\":"
            + cid
            + "}");
    return cid;
  }

  /** Sends a call and returns the next message, which has to be its answer. */
  public JsonNode call(String event, @Nullable Object data) {
    int cid = invoke(event, data);
    JsonNode answer = nextJson();
    if (answer.path("rid").asInt(-1) != cid) {
      throw new AssertionError("Expected the answer to " + cid + " but was " + answer);
    }
    return answer;
  }

  /** Sends a text message in a single frame. */
  public void send(String text) {
    sendFrame(TEXT, text.getBytes(UTF_8));
  }

  /** Sends a masked frame with this opcode, or with the bits of a first byte. */
  public void sendFrame(int opcode, byte[] content) {
    write(frame(0x80 | opcode, content));
  }

  /** Returns a masked frame. */
  public static byte[] frame(int firstByte, byte[] content) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(firstByte);
    if (content.length < 126) {
      frame.write(0x80 | content.length);
    } else if (content.length <= 0xFFFF) {
      frame.write(0x80 | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) content.length).array());
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(content.length).array());
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < content.length; i++) {
      frame.write(content[i] ^ MASK[i % 4]);
    }
    return frame.toByteArray();
  }

  /** Writes bytes as they are. */
  public synchronized void write(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the next message, waiting for it. */
  public String next() {
    try {
      String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("No message came; closed: " + closed.getNow(null));
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }

  /** Returns the next message as JSON, waiting for it. */
  public JsonNode nextJson() {
    String message = next();
    return Payload.ofJson(message.getBytes(UTF_8), 0, message.getBytes(UTF_8).length).node();
  }

  /** Returns how many messages have come that were not asked for yet. */
  public int waiting() {
    return messages.size();
  }

  /** Returns how many messages came compressed. */
  public int compressed() {
    return compressed.get();
  }

  /** Returns how many pings have come. */
  public int pings() {
    return pings.get();
  }

  /** Lets every further ping go unanswered. */
  public void stopAnsweringPings() {
    answersPings = false;
  }

  /** Lets a close frame go unanswered. */
  public void stopAnsweringClose() {
    answersClose = false;
  }

  /** Returns whether TCP has ended, too. */
  public boolean hasEnded() {
    return ended;
  }

  /** Returns whether a close frame has come, or TCP has ended. */
  public boolean isClosed() {
    return closed.isDone();
  }

  /** Waits until the server has closed. */
  public Closed awaitClose() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Hangs up. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
