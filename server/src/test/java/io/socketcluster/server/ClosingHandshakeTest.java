// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long TCP stays open when one side has closed. */
class ClosingHandshakeTest {
  /** More than a second, and less than the five seconds that it must not take. */
  private static final Duration SOON = Duration.ofMillis(4500);

  private static final Duration SLOWLY = Duration.ofSeconds(14);

  private static void awaitEnd(RawClient client) {
    await().atMost(SOON).until(client::hasEnded);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x83, 0x8B, 0xC1, 0x09, 0x80})
  void tcpEndsWhenTheClientAnswersTheCloseAfterAProtocolError(int firstByte) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      client.write(RawClient.frame(firstByte, "abc".getBytes(UTF_8)));

      assertThat(client.awaitClose().code()).isEqualTo(1002); // and answers
      awaitEnd(client);
    }
  }

  @Test
  void tcpEndsWhenTheClientAnswersBehindAMessageThatIsTooLong() {
    try (TestServer test = TestServer.start(options -> options.maxPayload(1024))) {
      RawClient client = test.open();
      client.send("x".repeat(20_000));

      assertThat(client.awaitClose().code()).isEqualTo(1009);
      awaitEnd(client);
    }
  }

  @Test
  void tcpEndsASecondAfterTheCloseFrameWhenTheClientDoesNotAnswer() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      client.stopAnsweringClose();
      client.write(RawClient.frame(0x83, new byte[0]));

      assertThat(client.awaitClose().code()).isEqualTo(1002);
      awaitEnd(client);
    }
  }

  @Test
  void aSocketWithoutAHandshakeEndsSoonAfterItsTimeout() {
    try (TestServer test =
        TestServer.start(options -> options.handshakeTimeout(Duration.ofMillis(300)))) {
      RawClient client = test.upgraded();
      client.stopAnsweringClose();

      assertThat(client.awaitClose().code()).isEqualTo(4005);
      awaitEnd(client);
    }
  }

  @Test
  void whatWasSentBeforeAClientIsSentAwayReachesIt() {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      String text = "x".repeat(100_000);
      for (int i = 0; i < 20; i++) {
        socket.transmit("big", text);
      }
      socket.disconnect(4123, "bye");

      for (int i = 0; i < 20; i++) {
        assertThat(client.next()).contains("\"big\"");
      }
      assertThat(client.awaitClose().code()).isEqualTo(4123);
      awaitEnd(client);
    }
  }

  @Test
  void aClientThatHasClosedAndReadsNothingIsNotKept() {
    try (TestServer test =
            TestServer.start(options -> options.closeTimeout(Duration.ofMinutes(1)));
        SlowClient slow = SlowClient.connect(test)) {
      AGServerSocket socket = slow.socketIn(test);
      for (int i = 0; i < 60; i++) {
        socket.transmit("big", Map.of("text", "x".repeat(60_000)));
      }
      slow.sendFrame(0x88, ByteBuffer.allocate(2).putShort((short) 1000).array());
      await().until(() -> test.server().clientsCount() == 0);

      assertThat(test.server().close()).as("waits for no connection").succeedsWithin(SLOWLY);
    }
  }
}
