// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandshakeKeyTest {
  @Test
  void theAnswerIsThatOfTheExampleInTheStandard() {
    assertThat(HandshakeKey.answer("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void eachKeyIsNewAndHasSixteenBytes() {
    String key = HandshakeKey.random();
    assertThat(key).matches("[+/0-9A-Za-z]{22}==").isNotEqualTo(HandshakeKey.random());
  }
}
