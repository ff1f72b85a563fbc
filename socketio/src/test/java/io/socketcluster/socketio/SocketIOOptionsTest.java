// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is refused in {@code build()}. */
class SocketIOOptionsTest {
  private static SocketIOOptions withTimes(UnaryOperator<TransportOptions> change) {
    return SocketIOOptions.builder()
        .transportOptions(SocketIOTransport.XHR_POLLING, change)
        .build();
  }

  @Test
  void timesHaveBounds() {
    assertThatExceptionOfType(InvalidOptionsError.class)
        .isThrownBy(() -> withTimes(times -> times.withDuration(Duration.ofSeconds(25))))
        .withMessageContaining(
            "transportOptions of xhr-polling: duration is PT25S; allowed: PT0.001S to PT24S");
  }

  @Test
  @SuppressWarnings("NullAway") // what an application without NullAway may do
  void aTimeThatIsNullIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> withTimes(times -> times.withTimeout(null)))
        .withMessage("transportOptions of xhr-polling: timeout");
  }
}
