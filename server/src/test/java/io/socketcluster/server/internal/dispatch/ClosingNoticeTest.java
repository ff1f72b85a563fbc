// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.internal.outbound.TestOutput;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosingNoticeTest {
  private TestOutput output = new TestOutput(version(ProtocolVersion.V1));

  private static AGEndpoint version(ProtocolVersion version) {
    return AGEndpoint.of("/").withProtocolVersion(version);
  }

  private ClosingNotice notice() {
    return new ClosingNotice(output.heartbeat().version(), output.writer(), output.life());
  }

  private static EventPacket packet(@Nullable Object data) {
    return EventPacket.transmit("#disconnect", data == null ? null : Payload.of(data));
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void theSocketClosesWithTheCodeOfItsClient() {
    notice().received(packet(Map.of("code", 4100, "data", "bye")));

    assertThat(output.life().closes()).containsExactly("4100 bye");
  }

  @Test
  void withoutDataTheCloseIsNormal() {
    notice().received(packet(null));

    assertThat(output.life().closes()).containsExactly("1000 null");
  }

  @ParameterizedTest
  @CsvSource({"1005", "1006", "1015", "5000", "-1"})
  void aCodeThatNobodySendsIsAViolation(int code) {
    notice().received(packet(Map.of("code", code)));

    assertThat(output.life().closes()).containsExactly("1008 No close code: " + code);
  }

  @Test
  void aClientOfVersionOneIsToldWhyItIsClosed() {
    notice().announce(4100, "bye");

    assertThat(output.sent())
        .containsExactly("{\"event\":\"#disconnect\",\"data\":{\"code\":4100,\"data\":\"bye\"}}");
  }

  @Test
  void aClientOfVersionTwoIsNot() {
    output.close();
    output = new TestOutput(version(ProtocolVersion.V2));
    notice().announce(4100, "bye");

    assertThat(notice().isKnown()).isFalse();
    assertThat(output.sent()).isEmpty();
  }
}
