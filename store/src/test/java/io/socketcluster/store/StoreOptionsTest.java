// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreOptionsTest {
  @Test
  void theDefaultsAreBounded() {
    StoreOptions options = StoreOptions.DEFAULT;

    assertThat(options.keyLimit()).isEqualTo(100_000);
    assertThat(options.byteLimit()).isEqualTo(67_108_864);
    assertThat(options.valueLimit()).isEqualTo(1_048_576);
    assertThat(options.depthLimit()).isEqualTo(32);
    assertThat(options.keyLengthLimit()).isEqualTo(1024);
    assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aRefusedOptionIsNamedWithWhatIsAllowed() {
    assertRefused(StoreOptions.builder().keyLimit(0), "keyLimit is 0; allowed: 1 to 100000000");
    assertRefused(StoreOptions.builder().byteLimit(-1), "byteLimit is -1; allowed: 1 to");
    assertRefused(StoreOptions.builder().valueLimit(0), "valueLimit is 0; allowed: 1 to 268435456");
    assertRefused(StoreOptions.builder().depthLimit(501), "depthLimit is 501; allowed: 1 to 500");
    assertRefused(StoreOptions.builder().keyLengthLimit(0), "keyLengthLimit is 0");
    assertRefused(StoreOptions.builder().timeout(Duration.ZERO), "timeout is PT0S; allowed: 1 ms");
  }

  private static void assertRefused(StoreOptions.Builder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining(message);
  }

  @Test
  void aBuilderDoesNotChangeWhatItHasBuilt() {
    StoreOptions.Builder builder = StoreOptions.builder().keyLimit(5);
    StoreOptions built = builder.build();
    builder.keyLimit(6);

    assertThat(built.keyLimit()).isEqualTo(5);
  }
}
