// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A publish from the frame that comes in to the last frame that leaves, through the whole server
 * but without the kernel. What a subscriber more costs is the slope between two sizes.
 */
public class FanOutBenchmark extends TimedInNanoseconds {
  private static final int PAYLOAD_SIZE = 64;

  /** How many sockets have subscribed, the publisher among them. */
  @Param({"1", "100", "1000"})
  private int subscribers;

  private @Nullable InProcessRoom room;

  /** Connects and subscribes them. */
  @Setup
  public void connect() throws InterruptedException {
    room = InProcessRoom.of(subscribers);
  }

  /** Closes the server. */
  @TearDown
  public void close() {
    Objects.requireNonNull(room).close();
  }

  /** It is encoded once, whatever the number of those who get it. */
  @Benchmark
  public void aPublishIsEncodedOnceForAllItsSubscribers() throws InterruptedException {
    Objects.requireNonNull(room).publish(PAYLOAD_SIZE);
  }
}
