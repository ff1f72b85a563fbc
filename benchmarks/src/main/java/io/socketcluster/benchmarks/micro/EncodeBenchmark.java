// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes out: the data of a publish is copied as it came in, and decoded by nobody. */
public class EncodeBenchmark extends TimedInNanoseconds {
  private final JsonCodec codec = new JsonCodec();
  private final JsonMapper mapper = JsonMapper.shared();

  /** Bytes of payload. */
  @Param({"64", "1024", "16384"})
  private int size;

  private @Nullable Payload received;
  private @Nullable JsonNode tree;

  /** Receives the publish that is to be delivered. */
  @Setup
  public void receive() {
    EventPacket packet = (EventPacket) codec.decode(Messages.publish(size)).getFirst();
    received = packet.channelData();
    tree = mapper.readTree(Messages.data(size).getBytes(UTF_8));
  }

  /** One array is allocated: the message. */
  @Benchmark
  public byte[] aDeliveryCopiesItsDataAsItCame() {
    return codec.encodePublish(Messages.CHANNEL, received);
  }

  /** What it would cost to write the data again. */
  @Benchmark
  public byte[] comparedWithWritingATree() {
    return codec.encodePublish(Messages.CHANNEL, Payload.of(Objects.requireNonNull(tree)));
  }
}
