// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.SocketProtocolError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.testkit.RawConnection;
import io.socketcluster.testkit.RawServer;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No connection comes about: the socket says why, and comes back when it can. */
@Timeout(120)
class RefusedConnectionTest {
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final AutoReconnectOptions LATE =
      new AutoReconnectOptions(NEVER, Duration.ZERO, 1, NEVER);

  private final RawServer server = RawServer.start();
  private AGClientSocket socket = SocketClusterClient.create(RawOptions.of(server).build());
  private EventLog log = EventLog.of(socket);

  private void connect(AGClientOptions options) {
    socket = SocketClusterClient.create(options);
    log = EventLog.of(socket);
    socket.connect();
  }

  @AfterEach
  void end() {
    socket.disconnect();
    server.close();
  }

  @Test
  void nobodyListensThere() {
    int port = RawServer.freePort();
    connect(RawOptions.of(port).build());

    log.await("connecting", "connectAbort 1006", "close 1006", "error SocketProtocolError");
    assertThat(log.error())
        .isInstanceOf(SocketProtocolError.class)
        .hasMessageMatching("Socket hung up: .*Connection refused.*")
        .hasMessageEndingWith(":" + port);
    assertThat(EventLog.rootOf(log.error())).isInstanceOf(ConnectException.class);
    try (RawServer late = RawServer.startOn(port)) {
      late.acceptOpen();
      awaitOpen();
    }
  }

  @Test
  void theCallThatFailsWithTheAttemptHasItsCause() {
    socket = SocketClusterClient.create(RawOptions.of(RawServer.freePort()).build());

    assertThatThrownBy(() -> socket.call("ask", null))
        .isInstanceOf(BadConnectionError.class)
        .cause()
        .hasMessageMatching("Socket hung up: .*Connection refused.*");
  }

  @Test
  void theNameIsUnknown() {
    connect(
        RawOptions.of(server)
            .hostname("does-not-exist.invalid")
            .autoReconnectOptions(LATE)
            .build());

    log.await("connecting", "connectAbort 1006", "close 1006", "error SocketProtocolError");
    assertThat(log.error())
        .rootCause()
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("does-not-exist.invalid");
    assertThat(socket.pendingReconnect()).isTrue();
    socket.connect(RawOptions.of(server).build());
    server.acceptOpen();
    awaitOpen();
  }

  @ParameterizedTest
  @CsvSource({
    "401,Unauthorized",
    "403,Forbidden",
    "414,Too long",
    "431,Too large",
    "503,Service Unavailable",
    "301,Moved"
  })
  void theUpgradeIsRefused(int status, String reason) {
    connect(RawOptions.of(server).build());
    server.accept().answerOf(status, reason, "because of this");

    log.await("connecting", "connectAbort 1006", "close 1006", "error SocketProtocolError");
    assertThat(log.error())
        .hasMessage(
            "Socket hung up: The server refused the upgrade: %d %s (because of this)",
            status, reason);
    server.acceptOpen();
    awaitOpen();
  }

  @Test
  void theAnswerToTheUpgradeIsOfAnotherRequest() {
    connect(RawOptions.of(server).build());
    RawConnection connection = server.accept();
    connection.sendBytes(
        RawConnection.agreement(connection.readRequest().replaceAll("(?i)-key: .*", "-Key: other"))
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

    log.await("connecting", "connectAbort 1006", "close 1006", "error SocketProtocolError");
    assertThat(connection.isEnded()).isTrue();
    server.acceptOpen();
    awaitOpen();
  }

  @Test
  void theAnswerToTheUpgradeIsHuge() {
    connect(RawOptions.of(server).build());
    server.accept().answerOf(200, "OK", "x".repeat(1 << 20));

    log.await("connecting", "connectAbort 1006", "close 1006", "error SocketProtocolError");
    server.acceptOpen();
    awaitOpen();
  }

  @Test
  void theServerHangsUpInsteadOfAnAnswer() {
    connect(RawOptions.of(server).build());
    RawConnection connection = server.accept();
    connection.readRequest();
    connection.close();

    log.await("connecting", "connectAbort 1006", "close 1006", "error SocketProtocolError");
    server.acceptOpen();
    awaitOpen();
  }

  @Test
  void theUpgradeIsNeverAnswered() {
    connect(RawOptions.of(server).connectTimeout(SOON).build());
    RawConnection connection = server.accept();
    connection.readRequest();

    log.await("connecting", "connectAbort 4007", "close 4007", "error SocketProtocolError");
    assertThat(log.error()).hasMessage("Client connection establishment timed out");
    assertThat(connection.isEnded()).isTrue();
    server.acceptOpen();
    awaitOpen();
  }

  @Test
  void theHandshakeIsNeverAnswered() {
    connect(RawOptions.of(server).ackTimeout(SOON).build());
    RawConnection connection = server.accept();
    connection.upgrade();
    assertThat(connection.readText()).contains("#handshake");

    log.await(
        "connecting",
        "error TimeoutError",
        "connectAbort 4003",
        "close 4003",
        "error SocketProtocolError");
    assertThat(log.error()).hasCauseInstanceOf(TimeoutError.class);
    assertThat(connection.readFrame().closeCode()).isEqualTo(4003);
    server.acceptOpen();
    awaitOpen();
  }

  @Test
  void theHandshakeIsRejected() {
    connect(RawOptions.of(server).build());
    RawConnection connection = server.accept();
    connection.upgrade();
    connection.answer(
        connection.readText(),
        "\"error\":{\"name\":\"TooManyError\",\"message\":\"Full\",\"statusCode\":4501}");

    log.await(
        "connecting",
        "error AGException",
        "connectAbort 4501",
        "close 4501",
        "error SocketProtocolError");
    assertThat(connection.readFrame().closeCode()).isEqualTo(4501);
    assertThat(socket.pendingReconnect()).as("from 4500 on that is final").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1006", "99999", "0", "-1", "1e300", "4.5"})
  void aHandshakeIsRejectedWithACodeThatDoesNotExist(String code) {
    connect(RawOptions.of(server).build());
    RawConnection connection = server.accept();
    connection.upgrade();
    connection.answer(
        connection.readText(),
        "\"error\":{\"name\":\"OddError\",\"message\":\"Odd\",\"statusCode\":" + code + "}");

    log.await("connecting", "error AGException", "connectAbort 4003", "close 4003");
    assertThat(connection.readFrame().closeCode()).isEqualTo(4003);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"null", "{}", "17", "{\"id\":7,\"pingTimeout\":\"soon\"}", "{\"id\":\"x\"}"})
  void theAnswerToTheHandshakeSaysNothing(String status) {
    connect(RawOptions.of(server).build());
    RawConnection connection = server.accept();
    connection.upgrade();
    connection.answerHandshake(status);

    log.await("connecting", "error InvalidMessageError", "connectAbort 4003", "close 4003");
    server.acceptOpen();
    awaitOpen();
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807", "1e300", "1e18"})
  void aPingTimeoutThatNoClockKnowsIsALongOne(String pingTimeout) {
    connect(RawOptions.of(server).build());
    RawConnection connection = server.accept();
    connection.upgrade();
    connection.answerHandshake("{\"id\":\"x\",\"pingTimeout\":" + pingTimeout + "}");

    log.await("connecting", "connect");
    assertThat(socket.pingTimeout()).isGreaterThan(Duration.ofDays(1));
  }

  private void awaitOpen() {
    await().until(() -> socket.state() == SocketState.OPEN);
  }
}
