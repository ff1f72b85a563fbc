// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinTest {
  private final MinBinCodec codec = new MinBinCodec();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15, 16, 70_000})
  void joinedMessagesAreTheBatchOfTheirPackets(int count) {
    List<Packet> packets =
        IntStream.range(0, count)
            .<Packet>mapToObj(
                i ->
                    i % 2 == 0
                        ? EventPacket.invoke("event", Payload.of(List.of(i, "data")), i)
                        : ResponsePacket.success(i, Payload.of(i)))
            .toList();

    byte[] joined = codec.join(packets.stream().map(codec::encode).toList());

    assertThat(joined).isEqualTo(codec.encode(packets));
    assertThat(codec.decode(joined)).hasSize(Math.max(count, 0));
  }
}
