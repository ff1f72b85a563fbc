// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes in: only the envelope becomes objects, whatever the data is. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {
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
