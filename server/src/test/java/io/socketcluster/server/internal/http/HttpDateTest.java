// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  private static final long SECOND = 784_111_777; // the example of RFC 9110

  @Test
  void aSecondHasTheTextOfItsDate() {
    assertThat(HttpDate.ofSecond(SECOND)).hasToString("Sun, 06 Nov 1994 08:49:37 GMT");
    assertThat(HttpDate.ofSecond(SECOND)).isSameAs(HttpDate.ofSecond(SECOND));
    assertThat(HttpDate.ofSecond(SECOND + 1)).hasToString("Sun, 06 Nov 1994 08:49:38 GMT");
    assertThat(HttpDate.ofSecond(SECOND)).hasToString("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void nowIsNow() {
    assertThat(Duration.between(HttpDate.parse(HttpDate.now().toString()), Instant.now()))
        .isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }
}
