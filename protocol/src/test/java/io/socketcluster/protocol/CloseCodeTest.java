// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CloseCodeTest {
  @Test
  void everyCodeOfTheProtocolHasAReason() {
    IntStream.concat(IntStream.rangeClosed(1000, 1011), IntStream.rangeClosed(4000, 4010))
        .filter(code -> code != 1004) // RFC 6455 keeps it free
        .forEach(code -> assertThat(CloseCode.reasonOf(code)).as("%s", code).isNotEmpty());
    assertThat(CloseCode.reasonOf(4009))
        .isEqualTo("Server received a message before the client handshake");
    assertThat(CloseCode.reasonOf(4010)).isEqualTo("Client was too slow to read");
  }

  @Test
  void otherCodesHaveNoReason() {
    assertThat(CloseCode.reasonOf(0)).isEmpty();
    assertThat(CloseCode.reasonOf(1004)).isEmpty();
    assertThat(CloseCode.reasonOf(4500)).isEmpty();
  }

  @Test
  void onlyTheTwoNormalClosesAreNoErrors() {
    assertThat(CloseCode.isError(CloseCode.NORMAL)).isFalse();
    assertThat(CloseCode.isError(CloseCode.GOING_AWAY)).isFalse();
    assertThat(CloseCode.isError(CloseCode.NO_STATUS)).isTrue();
    assertThat(CloseCode.isError(CloseCode.SLOW_CONSUMER)).isTrue();
    assertThat(CloseCode.isError(4999)).isTrue();
  }
}
