// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes in: only the envelope becomes objects, whatever the data is. */
public class DecodeBenchmark extends TimedInNanoseconds {
  private final JsonCodec codec = new JsonCodec();
  private final JsonMapper mapper = JsonMapper.shared();

  /** Bytes of payload. */
  @Param({"64", "1024", "16384"})
  private int size;

  private byte[] publish = {};
  private byte[] call = {};

  /** Makes the messages. */
  @Setup
  public void makeMessages() {
    publish = Messages.publish(size);
    call = Messages.call(size);
  }

  /** The allocation is the same for every size. */
  @Benchmark
  public List<Packet> aPublishIsCheckedWithoutBuildingItsData() {
    return codec.decode(publish);
  }

  /** The same of a call. */
  @Benchmark
  public List<Packet> aCallIsCheckedWithoutBuildingItsData() {
    return codec.decode(call);
  }

  /** What it would cost to build a tree of the whole message. */
  @Benchmark
  public JsonNode comparedWithATreeOfThePublish() {
    return mapper.readTree(publish);
  }
}
