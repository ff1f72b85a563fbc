// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes in the close frame of a client (RFC 6455, 7.4). */
class CloseCodesTest {
  private static RawClient.Closed answerTo(int code) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.open();
      client.sendFrame(8, ByteBuffer.allocate(2).putShort((short) code).array());
      return client.awaitClose();
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 5001, 6000, 32_768, 65_535
      })
  void aCodeThatNoClientMaySendIsAProtocolError(int code) {
    assertThat(answerTo(code).code()).isEqualTo(1002);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1014, 3000, 4000, 4500, 4999})
  void aCodeThatAClientMaySendIsEchoed(int code) {
    assertThat(answerTo(code).code()).isEqualTo(code);
  }
}
