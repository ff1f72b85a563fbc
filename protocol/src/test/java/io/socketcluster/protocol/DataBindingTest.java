// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Data that a packet does not have. */
class DataBindingTest {
  private static <T> T bindNothing(Class<T> type) {
    return DataMapper.STANDARD.binding(type).bind(null);
  }

  @Test
  void absentDataIsNoValue() {
    assertThatExceptionOfType(InvalidArgumentsError.class)
        .isThrownBy(() -> bindNothing(String.class))
        .withMessage("Data of type String was expected");
  }

  @Test
  void absentDataAsItWasSent() {
    assertThat(bindNothing(JsonNode.class).isMissingNode()).isTrue();
    assertThat(bindNothing(Payload.class).isNull()).isTrue();
  }
}
