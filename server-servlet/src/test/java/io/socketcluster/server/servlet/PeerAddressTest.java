// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "2001:db8:0:0:0:0:0:7", "::1"})
  void anAddressIsAnAddress(String text) {
    assertThat(PeerAddress.of(text, 8000).getAddress()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "unknown", "_hidden", ""})
  void aNameThatAHeaderBroughtIsNotLookedUp(String text) {
    assertThat(PeerAddress.of(text, 8000).isUnresolved()).isTrue();
  }

  @Test
  void thePortIsKept() {
    assertThat(PeerAddress.of("192.0.2.7", 8000).getPort()).isEqualTo(8000);
  }
}
