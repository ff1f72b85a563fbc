// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.testkit.RawConnection;
import io.socketcluster.testkit.RawServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A server that breaks the rules is told so and left; one that talks nonsense is not. */
@Timeout(120)
class HostileServerTest {
  private static final int FINAL = 0x80;
  private static final int MAX_PAYLOAD = 200_000;
  private static final Duration LONGER_THAN_A_TEST = Duration.ofHours(1);

  private final RawServer server = RawServer.start();
  private final AGClientSocket socket =
      SocketClusterClient.create(
          RawOptions.of(server).maxPayload(MAX_PAYLOAD).ackTimeout(Duration.ofMinutes(1)).build());
  private final EventLog log = EventLog.of(socket);
  private RawConnection connection = connectRaw();

  private RawConnection connectRaw() {
    socket.connect();
    return server.acceptOpen(LONGER_THAN_A_TEST); // pings of WebSocket are no sign of life
  }

  @BeforeEach
  void awaitTheConnection() {
    log.await("connecting", "connect");
  }

  @AfterEach
  void end() {
    socket.disconnect();
    server.close();
  }

  private void assertLeftWith(int code) {
    log.await(
        "connecting",
        "connect",
        "disconnect " + code,
        "close " + code,
        "error SocketProtocolError");
    assertThat(connection.readFrame().closeCode()).isEqualTo(code);
    assertThat(connection.isEnded()).as("with one close frame").isTrue();
    server.acceptOpen();
    await().until(() -> socket.state() == SocketState.OPEN);
  }

  private void sendTextUntilTheClientLeaves(String message) {
    connection.sendFrameUntilTheClientLeaves(FINAL | RawConnection.TEXT, message.getBytes(UTF_8));
  }

  /** Nothing has happened but an echo. */
  private void assertStillTalking() {
    CompletableFuture<JsonNode> echo = socket.invoke("echo", "hello");
    connection.answer(connection.readText(), "\"data\":\"hello\"");
    assertThat(echo.join().stringValue()).isEqualTo("hello");
    assertThat(log.lines()).as("no close").allMatch(line -> !line.startsWith("close"));
  }

  @Test
  void aFrameIsTooBig() {
    connection.sendFrameUntilTheClientLeaves(FINAL | RawConnection.TEXT, new byte[MAX_PAYLOAD + 1]);
    assertLeftWith(1009);
  }

  @Test
  void aMessageOfManyFramesIsTooBig() {
    connection.sendFrame(RawConnection.TEXT, new byte[MAX_PAYLOAD]);
    connection.sendFrame(FINAL, new byte[1]);
    assertLeftWith(1009);
  }

  @Test
  void aFrameIsMasked() {
    connection.sendBytes(new byte[] {(byte) (FINAL | RawConnection.TEXT), (byte) 0x80, 1, 2, 3, 4});
    assertLeftWith(1002);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x83, 0xC1, 0x80, 0x09})
  void aFrameIsOfNoKindThatThereIs(int firstByte) {
    connection.sendFrame(firstByte, new byte[] {1});
    assertLeftWith(1002);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015})
  void aCloseFrameHasACodeThatMustNotBeSent(int code) {
    connection.sendClose(code);
    assertLeftWith(1002);
  }

  @Test
  void aTextIsNoUtf8() {
    connection.sendFrame(FINAL | RawConnection.TEXT, new byte[] {'{', '"', (byte) 0xff, '"'});
    assertLeftWith(1007);
  }

  @Test
  void jsonIsDeeperThanAnyoneNeeds() {
    sendTextUntilTheClientLeaves("[".repeat(100_000));
    assertLeftWith(1008);
  }

  @Test
  void jsonIsDeepInTheDataOfAnEvent() {
    sendTextUntilTheClientLeaves(
        "{\"event\":\"x\",\"data\":" + "[".repeat(90_000) + "]".repeat(90_000) + "}");
    assertLeftWith(1008);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"#publish\"}",
        "{\"event\":\"#publish\",\"data\":null}",
        "{\"event\":\"#publish\",\"data\":\"news\"}",
        "{\"event\":\"#publish\",\"data\":{\"channel\":7,\"data\":1}}",
        "{\"event\":\"#publish\",\"data\":{\"channel\":\"unknown\",\"data\":1}}",
        "{\"event\":\"#publish\",\"data\":{\"channel\":\"news\"},\"cid\":1}",
        "{\"event\":\"#kickOut\"}",
        "{\"event\":\"#kickOut\",\"data\":[1]}",
        "{\"event\":\"#kickOut\",\"data\":{\"channel\":\"unknown\",\"message\":\"out\"}}",
        "{\"event\":\"#kickOut\",\"data\":{\"channel\":null,\"message\":null}}",
        "{\"event\":\"#setAuthToken\"}",
        "{\"event\":\"#setAuthToken\",\"data\":null}",
        "{\"event\":\"#setAuthToken\",\"data\":{\"token\":7}}",
        "{\"event\":\"#removeAuthToken\",\"data\":\"whatever\"}",
        "{\"event\":\"#handshake\",\"data\":{}}",
        "{\"event\":\"#nobodyKnowsThis\",\"data\":1,\"cid\":5}",
        "{\"event\":\"#disconnect\",\"data\":{\"code\":4000}}",
        "{\"event\":\"\",\"data\":{}}",
        "{\"event\":7}",
        "{\"event\":null,\"cid\":3}",
        "{\"rid\":4711,\"data\":\"nobody asked\"}",
        "{\"rid\":-1}",
        "{\"rid\":1,\"error\":{\"name\":[],\"message\":{}}}",
        "{\"rid\":1e300}",
        "{}",
        "[]",
        "[[],[[]],{},1,null]",
        "null",
        "17",
        "{\"event\":",
        "no packet at all"
      })
  void whatMakesNoSenseDoesNoHarm(String message) {
    connection.sendText(message);
    assertStillTalking();
  }

  @Test
  void aTokenThatIsNoneIsRefusedWhenTheServerAsks() {
    connection.sendText("{\"event\":\"#setAuthToken\",\"data\":null,\"cid\":9}");

    assertThat(connection.readText())
        .startsWith("{\"rid\":9,\"error\":")
        .contains("InvalidMessageError");
    assertThat(socket.signedAuthToken()).isNull();
    assertStillTalking();
  }

  @Test
  void aTokenWithClaimsThatAreNoJsonIsKeptAsItIs() {
    connection.sendText("{\"event\":\"#setAuthToken\",\"data\":{\"token\":\"a.%%%.c\"},\"cid\":9}");

    assertThat(connection.readText()).isEqualTo("{\"rid\":9}");
    assertThat(socket.signedAuthToken()).isEqualTo("a.%%%.c");
    assertStillTalking();
  }

  @Test
  void pingsWithoutNumberAreAnsweredAsFarAsTheServerReads() {
    int pings = 150_000; // more than both ends and the system keep
    byte[] thousand = new byte[1000 * 127];
    for (int i = 0; i < thousand.length; i += 127) {
      thousand[i] = (byte) (FINAL | RawConnection.PING);
      thousand[i + 1] = 125;
    }
    for (int i = 0; i < pings / 1000; i++) {
      connection.sendBytes(thousand);
    }
    CompletableFuture<JsonNode> echo = socket.invoke("echo", "hello");
    int pongs = 0;
    RawConnection.Frame frame = connection.readFrame();
    while (frame.opcode() == RawConnection.PONG) {
      pongs++;
      frame = connection.readFrame();
    }
    connection.answer(frame.text(), "\"data\":\"hello\"");

    assertThat(echo.join().stringValue()).isEqualTo("hello");
    assertThat(pongs).isBetween(1, pings - 1);
  }

  @Test
  void binaryFramesGoToTheCodecToo() {
    connection.sendFrame(FINAL | RawConnection.BINARY, new byte[] {0, 1, 2, (byte) 200});
    connection.sendFrame(
        FINAL | RawConnection.BINARY, "{\"event\":\"x\",\"data\":1}".getBytes(UTF_8));
    log.await("connecting", "connect", "disconnect 1007");
  }

  @Test
  void anAnswerOfANonsenseErrorFailsTheCall() {
    CompletableFuture<JsonNode> call = socket.invoke("echo", "hello");
    connection.answer(connection.readText(), "\"error\":{\"name\":7,\"message\":[]}");

    assertThat(call).failsWithin(Duration.ofSeconds(60));
    assertStillTalking();
  }

  @Test
  void aSocketThatClosesSendsOneCloseFrame() {
    socket.disconnect(4321, "enough");

    RawConnection.Frame frame = connection.readFrame();
    assertThat(frame.closeCode()).isEqualTo(4321);
    connection.sendClose(4321);
    assertThat(connection.isEnded()).isTrue();
  }

  @Test
  void aServerThatClosesIsAnsweredWithItsCode() {
    connection.sendClose(4123);

    log.await("connecting", "connect", "disconnect 4123", "close 4123");
    assertThat(connection.readFrame().closeCode()).isEqualTo(4123);
    assertThat(connection.isEnded()).isTrue();
  }
}
