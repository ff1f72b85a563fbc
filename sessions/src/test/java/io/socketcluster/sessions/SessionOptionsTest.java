// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionOptionsTest {
  @Test
  void theDefaultsAreSafe() {
    assertThat(SessionOptions.DEFAULT.timeout()).isEqualTo(Duration.ofMinutes(20));
    assertThat(SessionOptions.DEFAULT.secureCookie()).isTrue();
    assertThat(SessionOptions.DEFAULT.cookieName()).isEqualTo("__Host-socketcluster.sid");
    assertThat(SessionOptions.DEFAULT.tokenClaim()).isEqualTo("sessionId");
  }

  @Test
  void aRefusedOptionIsNamedWithWhatIsAllowed() {
    assertRefused(
        SessionOptions.builder().timeout(Duration.ofMillis(999)),
        "timeout is PT0.999S; allowed: 1 s");
    assertRefused(SessionOptions.builder().timeout(Duration.ofDays(31)), "timeout is PT744H");
    assertRefused(
        SessionOptions.builder().cookieName("a;b"), "cookieName is a;b; allowed: 1 to 64");
    assertRefused(SessionOptions.builder().tokenClaim(""), "tokenClaim is empty");
  }

  private static void assertRefused(SessionOptions.Builder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining(message);
  }
}
