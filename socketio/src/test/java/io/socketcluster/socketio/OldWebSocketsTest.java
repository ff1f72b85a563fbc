// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSocket before RFC 6455, byte for byte. */
class OldWebSocketsTest {
  private static final String KEYS =
      "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nSec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n";
  private static final String NONCE = "^n:ds[4U";
  private static final String DIGEST = "8jKS'y:G*Co,Wxa-";
  private static final int READ_MILLIS = 60_000;

  private final TestDoor door = new TestDoor(o -> o.origins("a.example:80"), io -> io);
  private Socket socket = new Socket();

  @AfterEach
  void close() throws IOException {
    socket.close();
    door.close();
  }

  private static String request(String path, String headers) {
    return "GET "
        + path
        + " HTTP/1.1\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nHost: a.example\r\n"
        + "Origin: http://a.example\r\n"
        + headers
        + "\r\n";
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private void connect() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), door.server.port());
    socket.setSoTimeout(READ_MILLIS);
  }

  private void write(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  /** Reads up to and with a byte. */
  private byte[] readTo(int last) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int each = in.read(); ; each = in.read()) {
      assertThat(each).as("after " + read).isNotNegative();
      read.write(each);
      if (each == last) {
        return read.toByteArray();
      }
    }
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString();
  }

  private String readFrame() throws IOException {
    byte[] frame = readTo(0xFF);
    assertThat(frame[0]).isZero();
    return new String(Arrays.copyOfRange(frame, 1, frame.length - 1), UTF_8);
  }

  private void sendFrame(String packet) throws IOException {
    write("\0" + new String(packet.getBytes(UTF_8), ISO_8859_1) + "\u00ff");
  }

  private void echoes() throws IOException {
    assertThat(readFrame()).matches("~m~49~m~[0-9]{49}");
    sendFrame("~m~4~m~h\u00e9\ud83d\ude00~m~1~m~\ufffd");
    assertThat(readFrame()).isEqualTo("~m~4~m~h\u00e9\ud83d\ude00");
    assertThat(readFrame()).isEqualTo("~m~1~m~\ufffd");
  }

  @Test
  void hixie75() throws IOException {
    connect();
    write(request("/socket.io/websocket", ""));
    assertThat(readHead())
        .isEqualTo(
            lines(
                "HTTP/1.1 101 Web Socket Protocol Handshake",
                "Upgrade: WebSocket",
                "Connection: Upgrade",
                "WebSocket-Origin: http://a.example",
                "WebSocket-Location: ws://a.example/socket.io/websocket"));
    echoes();
    socket.close();
    await().until(() -> door.told.contains("disconnect"));
  }

  @Test
  void hixie76WithAFrameBehindTheNonce() throws IOException {
    connect();
    write(
        request("/socket.io/flashsocket", KEYS + "Sec-WebSocket-Protocol: sample\r\n")
            + NONCE
            + "\0~m~5~m~early\u00ff");
    assertThat(readHead())
        .isEqualTo(
            lines(
                "HTTP/1.1 101 WebSocket Protocol Handshake",
                "Upgrade: WebSocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Origin: http://a.example",
                "Sec-WebSocket-Location: ws://a.example/socket.io/flashsocket",
                "Sec-WebSocket-Protocol: sample"));
    assertThat(new String(socket.getInputStream().readNBytes(16), ISO_8859_1)).isEqualTo(DIGEST);
    assertThat(readFrame()).matches("~m~49~m~[0-9]{49}");
    assertThat(readFrame()).isEqualTo("~m~5~m~early");
    assertThat(door.told).contains("connect flashsocket");
  }

  @Test
  void theHeadOfHixie76LeavesBeforeTheNonceHasCome() throws IOException {
    connect();
    write(request("/socket.io/websocket", KEYS));
    assertThat(readHead()).startsWith("HTTP/1.1 101 ");
    write(NONCE.substring(0, 3));
    write(NONCE.substring(3));
    assertThat(new String(socket.getInputStream().readNBytes(16), ISO_8859_1)).isEqualTo(DIGEST);
    echoes();
    write("\u00ff\0");
    assertThat(socket.getInputStream().readAllBytes()).containsExactly(0xFF, 0x00);
    await().until(() -> door.told.contains("disconnect"));
  }

  @Test
  void framesMayComeByteByByte() throws IOException {
    connect();
    write(request("/socket.io/websocket", ""));
    readHead();
    readFrame();
    byte[] packet = "~m~4~m~h\u00e9\ud83d\ude00".getBytes(UTF_8);
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(0);
    for (byte each : packet) {
      socket.getOutputStream().write(each);
      socket.getOutputStream().flush();
    }
    socket.getOutputStream().write(0xFF);
    assertThat(readFrame()).isEqualTo("~m~4~m~h\u00e9\ud83d\ude00");
  }

  @ParameterizedTest
  @CsvSource({"A", "\\0\\ff\\fe\\ff", "\\ffA"})
  void whatIsNoFrameEndsTheConnection(String bytes) throws IOException {
    connect();
    write(request("/socket.io/websocket", ""));
    readHead();
    readFrame();
    write(bytes.equals("\\0\\ff\\fe\\ff") ? "\0\u00fe\u00ff" : bytes.replace("\\ff", "\u00ff"));
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    await().until(() -> door.told.contains("disconnect"));
  }

  @Test
  void aFrameThatIsTooLongEndsTheConnection() throws IOException {
    connect();
    write(request("/socket.io/websocket", ""));
    readHead();
    readFrame();
    try {
      write("\0" + "x".repeat(600_000));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (IOException e) {
      assertThat(e).as("reset while it wrote").hasNoCause();
    }
    await().until(() -> door.told.contains("disconnect"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sec-WebSocket-Key1: 12345   | Sec-WebSocket-Key2: 1 2
          Sec-WebSocket-Key1: 1 1 1 1 | Sec-WebSocket-Key2: 1 2
          Sec-WebSocket-Key1: 9 999999999999 | Sec-WebSocket-Key2: 1 2
          Sec-WebSocket-Key1: 1 2     | X: y
          """)
  void badKeysAreRefused(String first, String second) throws IOException {
    connect();
    write(request("/socket.io/websocket", first + "\r\n" + second + "\r\n") + NONCE);
    assertThat(readHead()).startsWith("HTTP/1.1 426 ");
  }

  @ParameterizedTest
  @CsvSource({"7", "8"})
  void hybiHasTheFramesOfToday(String version) {
    String own = "Sec-WebSocket-Version: " + version + "\r\n";
    String request =
        RawClient.upgradeRequest("/socket.io/websocket")
            .replace("Sec-WebSocket-Version: 13\r\n", own);
    assertThat(request).contains(own);
    try (RawClient client = RawClient.tcp(door.server.port())) {
      String bad = "Sec-WebSocket-Origin: http://b.example\r\n\r\n";
      client.write(request.replaceFirst("\r\n\r\n$", "\r\n" + bad).getBytes(ISO_8859_1));
      assertThat(client.readHead()).startsWith("HTTP/1.1 403 ");
    }
    try (RawClient client = RawClient.tcp(door.server.port())) {
      client.write(request.getBytes(ISO_8859_1));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }
  }
}
