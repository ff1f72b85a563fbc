// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers without an end, byte for byte. */
class StreamTest {
  private static final int READ_MILLIS = 60_000;
  private static final String ID = "~m~49~m~[0-9]{49}";

  private TestDoor door = new TestDoor();
  private Socket socket = new Socket();

  @AfterEach
  void close() throws IOException {
    socket.close();
    door.close();
  }

  private String get(String path) throws IOException {
    request(path);
    return readTo("\r\n\r\n").toLowerCase(Locale.ROOT);
  }

  private void request(String path) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), door.server.port());
    socket.setSoTimeout(READ_MILLIS);
    String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
  }

  private String readTo(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(UTF_8).endsWith(end)) {
      int each = socket.getInputStream().read();
      assertThat(each).as("after " + read.toString(UTF_8)).isNotNegative();
      read.write(each);
    }
    return read.toString(UTF_8);
  }

  /** Reads one chunk. */
  private String chunk() throws IOException {
    int size = Integer.parseInt(readTo("\r\n").trim(), 16);
    byte[] bytes = socket.getInputStream().readNBytes(size);
    assertThat(readTo("\r\n")).isEqualTo("\r\n");
    return new String(bytes, UTF_8);
  }

  private String pathOf(SocketIOTransport transport) {
    return "/socket.io/" + transport.id() + "/" + door.onlyClient().sessionId();
  }

  @Test
  void htmlfileSendsAScriptForEachPacket() throws IOException {
    assertThat(get("/socket.io/htmlfile//1300"))
        .contains("content-type: text/html; charset=utf-8", "transfer-encoding: chunked");
    assertThat(chunk()).isEqualTo("<html><body>" + " ".repeat(244)).hasSize(256);
    assertThat(chunk()).matches("<script>parent\\.s\\._\\(\"" + ID + "\", document\\);</script>");
    String path = pathOf(SocketIOTransport.HTMLFILE);
    assertThat(door.post(path + "/send", "~m~9~m~</script>").body()).isEqualTo("ok");
    assertThat(chunk()).isEqualTo("<script>parent.s._(\"~m~9~m~<\\/script>\", document);</script>");
  }

  @Test
  void multipartSendsAPartForEachPacket() throws IOException {
    assertThat(get("/socket.io/xhr-multipart/"))
        .contains("content-type: multipart/x-mixed-replace;boundary=\"socketio\"")
        .doesNotContain("transfer-encoding", "content-length");
    assertThat(readTo("--socketio\n")).isEqualTo("--socketio\n");
    assertThat(readTo("--socketio\n"))
        .matches("Content-Type: text/plain\n\n" + ID + "\n--socketio\n");
    String path = pathOf(SocketIOTransport.XHR_MULTIPART);
    door.post(path + "/send", "~m~2~m~h\u00e9");
    assertThat(readTo("--socketio\n"))
        .isEqualTo("Content-Type: text/plain\n\n~m~2~m~h\u00e9\n--socketio\n");
  }

  @Test
  void eventsHaveALineForEachLine() throws IOException {
    assertThat(get("/socket.io/server-events/"))
        .contains(
            "content-type: text/event-stream; charset=utf-8", "no-store", "x-accel-buffering");
    assertThat(chunk()).matches("data: " + ID + "\n\n");
    String path = pathOf(SocketIOTransport.SERVER_EVENTS);
    door.post(path + "/send", "~m~6~m~a\r\nb\rc");
    assertThat(chunk()).isEqualTo("data: ~m~5~m~a\ndata: b\ndata: c\n\n");
  }

  @Test
  void aStreamThatIsLostEndsTheSession() throws IOException {
    get("/socket.io/htmlfile//1300");
    chunk();
    chunk();
    socket.close();
    await().until(() -> door.told.contains("disconnect"));
    assertThat(door.io.clients()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = SocketIOTransport.class,
      names = {"HTMLFILE", "XHR_MULTIPART", "SERVER_EVENTS"})
  void aSessionGoesOnInAnotherStream(SocketIOTransport transport) throws IOException {
    door.close();
    door =
        new TestDoor(
            o -> o,
            io ->
                io.transportOptions(transport, its -> its.withCloseTimeout(Duration.ofMinutes(1))));
    get("/socket.io/" + transport.id() + "//1300");
    readTo("~m~49~m~");
    SocketIOClient client = door.onlyClient();
    socket.close();
    assertThat(get(pathOf(transport) + "/1301")).as("at once").startsWith("http/1.1 200 ");
    client.send("x");
    assertThat(readTo("~m~1~m~x")).doesNotContain("~m~49~m~");
    assertThat(client.connections()).isEqualTo(2);
    assertThat(door.io.clients()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = SocketIOTransport.class,
      names = {"HTMLFILE", "XHR_MULTIPART", "SERVER_EVENTS"})
  void heartbeatsAreSentAndAMissedOneEndsTheStream(SocketIOTransport transport) throws IOException {
    door.close();
    door =
        new TestDoor(
            o -> o,
            io ->
                io.transportOptions(
                    transport,
                    its ->
                        its.withHeartbeatInterval(Duration.ofMillis(50))
                            .withTimeout(Duration.ofSeconds(4))));
    door.get("/"); // the first request of all takes long
    get("/socket.io/" + transport.id() + "/");
    assertThat(readTo("~h~1")).endsWith("~m~4~m~~h~1");
    String path = pathOf(transport);
    door.post(path + "/send", "~m~4~m~~h~1~m~1~m~a");
    readTo("~h~2");
    await().until(() -> door.told.contains("message \"a\""));
    if (transport == SocketIOTransport.XHR_MULTIPART) {
      socket.getInputStream().readAllBytes();
    } else {
      readTo("\r\n0\r\n\r\n"); // the connection stays
    }
    await().until(() -> door.told.contains("disconnect"));
    assertThat(door.post(path + "/send", "~m~1~m~a").statusCode()).isEqualTo(404);
  }

  @Test
  void aClientThatHasGoneBeforeItIsAdmittedLeavesNoSession() throws IOException {
    door.close();
    door =
        new TestDoor(
            o -> o,
            io ->
                io.transportOptions(
                    SocketIOTransport.SERVER_EVENTS,
                    its -> its.withTimeout(Duration.ZERO).withCloseTimeout(Duration.ZERO)));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch decided = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    door.server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE,
        AGMiddleware.each(
            action -> {
              if (action.type() == AGAction.Type.HANDSHAKE_WS) {
                asked.countDown();
                proceed.await();
              }
              try {
                action.allow();
              } finally {
                decided.countDown();
              }
            }));
    request("/socket.io/server-events//1300");
    awaitLatch(asked);
    socket.close();
    proceed.countDown();
    awaitLatch(decided);

    await()
        .during(Duration.ofSeconds(1))
        .until(() -> door.server.clientsCount() + door.server.pendingClientsCount() == 0);
  }

  private static void awaitLatch(CountDownLatch latch) {
    await().until(() -> latch.getCount() == 0);
  }

  @Test
  void aPollThatIsRefusedLeavesNoSession() throws IOException {
    door.close();
    door =
        new TestDoor(
            o -> o,
            io ->
                io.maxPollsPerAddress(1)
                    .transportOptions(
                        SocketIOTransport.XHR_POLLING,
                        its -> its.withCloseTimeout(Duration.ofMinutes(5))));
    get("/socket.io/htmlfile//1300");
    chunk();
    chunk();
    assertThat(door.get("/socket.io/xhr-polling//1").statusCode()).isEqualTo(429);
    await().until(() -> door.server.clientsCount() == 1);
  }

  @Test
  void anAddressHasItsShareOfStreams() throws IOException {
    door.close();
    door = new TestDoor(o -> o, io -> io.maxPollsPerAddress(1));
    get("/socket.io/htmlfile//1300");
    chunk();
    chunk();
    assertThat(door.get("/socket.io/xhr-polling//1").statusCode()).isEqualTo(429);
    socket.close();
    await().until(() -> door.get("/socket.io/xhr-polling//1").statusCode() == 200);
  }
}
