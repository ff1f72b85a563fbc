// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The bounds, and the words of a refusal. */
class OptionChecksTest {
  private static final Duration LEAST = Duration.ofMillis(100);

  @Test
  void countsHaveBounds() {
    assertThatCode(() -> OptionChecks.count("most", 1)).doesNotThrowAnyException();
    assertThatCode(() -> OptionChecks.count("most", 9, 9)).doesNotThrowAnyException();
    refuses(() -> OptionChecks.count("most", 0), "most is 0; allowed: 1 or more");
    refuses(() -> OptionChecks.count("most", 0, 9), "most is 0; allowed: 1 to 9");
    refuses(() -> OptionChecks.count("most", 10, 9), "most is 10; allowed: 1 to 9");
  }

  @Test
  void timesHaveBounds() {
    assertThatCode(() -> OptionChecks.time("wait", LEAST, LEAST)).doesNotThrowAnyException();
    assertThatCode(() -> OptionChecks.time("wait", Duration.ofHours(1), LEAST))
        .doesNotThrowAnyException();
    refuses(
        () -> OptionChecks.time("wait", Duration.ofMillis(99), LEAST),
        "wait is PT0.099S; allowed: 100 ms to 1 h");
    refuses(
        () -> OptionChecks.time("wait", Duration.ofMinutes(61), LEAST),
        "wait is PT1H1M; allowed: 100 ms to 1 h");
  }

  @Test
  @SuppressWarnings("NullAway") // what an application without NullAway may do
  void aTimeThatIsNullIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> OptionChecks.time("wait", null, LEAST))
        .withMessage("wait");
  }

  private static void refuses(ThrowingCallable check, String message) {
    assertThatExceptionOfType(InvalidOptionsError.class)
        .isThrownBy(check)
        .withMessageContaining(message);
  }
}
