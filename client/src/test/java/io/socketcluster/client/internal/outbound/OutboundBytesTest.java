// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.protocol.errors.ResourceLimitError;
import org.junit.jupiter.api.Test;

class OutboundBytesTest {
  private static final int LIMIT = 1000;

  private final AGClientOptions options =
      AGClientOptions.builder().outboundBufferLimit(LIMIT).build();
  private final OutboundBytes bytes = new OutboundBytes(() -> options);

  @Test
  void countsUntilTheBytesAreWritten() {
    bytes.reserve("A message", 400);
    bytes.reserve("A message", 600);
    bytes.release(400);

    assertThat(bytes.waiting()).isEqualTo(600);
  }

  @Test
  void refusesWhatExceedsTheLimitAndCountsNothingOfIt() {
    bytes.reserve("A message", LIMIT);

    assertThatThrownBy(() -> bytes.reserve("Event more", 1))
        .isInstanceOf(ResourceLimitError.class)
        .hasMessage("Event more was not sent, as 1000 bytes of 1000 wait");
    assertThat(bytes.waiting()).isEqualTo(LIMIT);
  }

  @Test
  void acceptsTheFirstMessageWhateverItsSize() {
    bytes.reserve("A message", 10 * LIMIT);

    assertThat(bytes.waiting()).isEqualTo(10 * LIMIT);
  }
}
