// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.internal.transport.RefusedUpgradeException;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.errors.SocketProtocolError;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConnectionEndTest {
  private static SocketProtocolError errorOf(ConnectionEnd end) {
    return Objects.requireNonNull(end.error());
  }

  @Test
  void anEndWithoutAReasonHasThatOfItsCode() {
    assertThat(ConnectionEnd.of(true, CloseCode.PING_TIMEOUT, "", null).reason())
        .isEqualTo(CloseCode.reasonOf(CloseCode.PING_TIMEOUT))
        .isNotEmpty();
    assertThat(ConnectionEnd.of(true, 4999, null, null).reason()).isNull();
    assertThat(ConnectionEnd.of(true, 4999, "enough", null).reason()).isEqualTo("enough");
  }

  @Test
  void callsFailAsAbortedOrDisconnected() {
    assertThat(ConnectionEnd.of(true, 1006, null, null).failureType()).isEqualTo("disconnect");
    assertThat(ConnectionEnd.of(false, 1006, null, null).failureType()).isEqualTo("connectAbort");
  }

  @Test
  void aNormalEndIsNoError() {
    assertThat(ConnectionEnd.of(true, CloseCode.NORMAL, null, null).error()).isNull();
  }

  @Test
  void theErrorOfAnUnknownCodeHasTheReason() {
    SocketProtocolError error = errorOf(ConnectionEnd.of(true, 4999, "enough", null));

    assertThat(error)
        .hasMessage("Socket connection closed with status code 4999 and reason: enough");
    assertThat(error.code()).isEqualTo(4999);
  }

  @Test
  void aRefusedUpgradeIsToldInItsWords() {
    RefusedUpgradeException refused = new RefusedUpgradeException("403 Forbidden");

    assertThat(errorOf(ConnectionEnd.of(false, 1006, null, refused)))
        .hasMessageEndingWith(": " + refused.getMessage())
        .hasCause(refused);
  }

  @Test
  void anAttemptThatFailedTellsWhy() {
    IOException why = new IOException("Connection refused: localhost/127.0.0.1:8000");

    assertThat(errorOf(ConnectionEnd.of(false, CloseCode.HUNG_UP, null, why)))
        .hasMessage("Socket hung up: Connection refused: localhost/127.0.0.1:8000")
        .hasCause(why);
    assertThat(errorOf(ConnectionEnd.of(true, CloseCode.HUNG_UP, null, why)))
        .hasMessage("Socket hung up");
    assertThat(
            errorOf(ConnectionEnd.of(false, 1006, null, new IOException("x".repeat(5000))))
                .getMessage())
        .hasSizeLessThan(200);
  }
}
