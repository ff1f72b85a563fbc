// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.testkit.Deflated;
import io.socketcluster.testkit.RawConnection;
import io.socketcluster.testkit.RawServer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The client's side of {@code permessage-deflate} (RFC 7692). */
@Timeout(60)
class CompressionTest {
  private static final int MAX_PAYLOAD = 100_000;
  private static final int FINAL_TEXT = 0x81;
  private static final String AGREED =
      "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n";

  private final RawServer server = RawServer.start();
  private AGClientSocket socket = SocketClusterClient.create(RawOptions.of(server).build());
  private EventLog log = EventLog.of(socket);

  private RawConnection connect(AGClientOptions.Builder options) {
    socket = SocketClusterClient.create(options.maxPayload(MAX_PAYLOAD).build());
    log = EventLog.of(socket);
    socket.connect();
    return server.accept();
  }

  private RawConnection connectCompressing(String answer) {
    RawConnection connection =
        connect(
            RawOptions.of(server).perMessageDeflate(PerMessageDeflate.DEFAULT.withThreshold(100)));
    connection.upgrade(answer);
    connection.answerHandshake("{\"id\":\"raw\",\"pingTimeout\":3600000}");
    log.await("connecting", "connect");
    return connection;
  }

  @AfterEach
  void end() {
    socket.disconnect();
    server.close();
  }

  private static byte[] noise() {
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private void sendCompressed(RawConnection connection, String message) {
    connection.sendFrame(FINAL_TEXT | RawConnection.COMPRESSED, Deflated.text(message));
  }

  @Test
  void byDefaultNothingIsOffered() {
    assertThat(connect(RawOptions.of(server)).readRequest())
        .doesNotContainIgnoringCase("sec-websocket-extensions");
  }

  @Test
  void messagesOnTheirOwnAreOffered() {
    assertThat(connect(RawOptions.of(server).perMessageDeflate(true)).readRequest())
        .containsIgnoringCase(
            "\r\n"
                + "sec-websocket-extensions: permessage-deflate; server_no_context_takeover;"
                + " client_no_context_takeover\r\n");
  }

  @Test
  void longMessagesAreCompressedInBothDirections() throws Exception {
    RawConnection connection = connectCompressing(AGREED);
    String data = "again and ".repeat(1000);
    for (int i = 0; i < 3; i++) {
      CompletableFuture<JsonNode> echo = socket.invoke("echo", data);
      RawConnection.Frame frame = connection.readFrame();
      assertThat(frame.isCompressed()).isTrue();
      assertThat(frame.content().length).isLessThan(data.length() / 10);
      String invoke = new String(Deflated.inflated(frame.content()), UTF_8);
      assertThat(invoke).contains(data);
      sendCompressed(
          connection, "{\"rid\":" + RawConnection.cidOf(invoke) + ",\"data\":\"" + data + "\"}");
      assertThat(echo.join().stringValue()).isEqualTo(data);
    }
  }

  @Test
  void aShortMessageAndOneThatWouldGrowAreSentAsTheyAre() {
    RawConnection connection = connectCompressing(AGREED);
    socket.transmit("short", "x");
    assertThat(connection.readFrame().isCompressed()).isFalse();

    socket.send(noise());
    RawConnection.Frame frame = connection.readFrame();
    assertThat(frame.opcode()).isEqualTo(RawConnection.BINARY);
    assertThat(frame.isCompressed()).isFalse();
    assertThat(frame.content()).isEqualTo(noise());
  }

  @Test
  void aServerThatDoesNotAgreeGetsNothingCompressed() {
    RawConnection connection = connectCompressing("");
    socket.transmit("long", "again and ".repeat(1000));
    assertThat(connection.readFrame().isCompressed()).isFalse();

    sendCompressed(connection, "{\"event\":\"x\"}");
    log.await("connecting", "connect", "disconnect 1002", "close 1002");
    assertThat(connection.readFrame().closeCode()).isEqualTo(1002);
  }

  @Test
  void aMessageThatInflatesPastTheLimitIsTooBig() {
    RawConnection connection = connectCompressing(AGREED);
    sendCompressed(connection, "x".repeat(50_000_000));

    log.await("connecting", "connect", "disconnect 1009", "close 1009");
    assertThat(connection.readFrame().closeCode()).isEqualTo(1009);
    assertThat(connection.isEnded()).isTrue();
  }

  @Test
  void whatIsNotCompressedDataEndsTheConnection() {
    RawConnection connection = connectCompressing(AGREED);
    connection.sendFrame(FINAL_TEXT | RawConnection.COMPRESSED, new byte[] {7, 7, 7, 7});

    log.await("connecting", "connect", "disconnect 1007", "close 1007");
    assertThat(connection.readFrame().closeCode()).isEqualTo(1007);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; client_max_window_bits=10",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=16",
        "permessage-deflate; server_no_context_takeover; unknown",
        "permessage-deflate; server_no_context_takeover, permessage-deflate",
        "x-webkit-deflate-frame",
      })
  void anAnswerThatFitsNoOfferIsRefused(String extension) {
    RawConnection connection = connect(RawOptions.of(server).perMessageDeflate(true));
    connection.upgrade("Sec-WebSocket-Extensions: " + extension + "\r\n");

    assertRefused(connection, "extension");
  }

  @Test
  void anExtensionThatWasNotOfferedIsRefused() {
    RawConnection connection = connect(RawOptions.of(server));
    connection.upgrade(AGREED);

    assertRefused(connection, "extension");
  }

  @Test
  void aSubprotocolThatWasNotAskedForIsRefused() {
    RawConnection connection = connect(RawOptions.of(server));
    connection.upgrade("Sec-WebSocket-Protocol: chat\r\n");

    assertRefused(connection, "subprotocol");
  }

  private void assertRefused(RawConnection connection, String why) {
    log.await("connecting", "connectAbort 1006", "close 1006", "error SocketProtocolError");
    assertThat(EventLog.rootOf(log.error())).hasMessageContaining(why);
    assertThat(connection.isEnded()).isTrue();
  }
}
