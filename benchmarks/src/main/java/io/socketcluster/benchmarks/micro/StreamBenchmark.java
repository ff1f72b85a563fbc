// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.WritableConsumableStream;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** Writing to a stream whose consumers are behind. */
public class StreamBenchmark extends TimedInNanoseconds {
  private static final int WRITES = 10_000;

  /** How many consumers the stream has. */
  @Param({"0", "1", "10", "100"})
  private int consumers;

  /** Time and allocation of a write are the same for every number of consumers. */
  @Benchmark
  @OperationsPerInvocation(WRITES)
  public List<StreamConsumer<String>> aWriteAllocatesOneNodeWhateverTheConsumers() {
    WritableConsumableStream<String> stream = new WritableConsumableStream<>();
    List<StreamConsumer<String>> cursors = new ArrayList<>(consumers);
    for (int i = 0; i < consumers; i++) {
      cursors.add(stream.createConsumer());
    }
    for (int i = 0; i < WRITES; i++) {
      stream.write("item");
    }
    return cursors;
  }
}
