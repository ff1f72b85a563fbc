// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import io.socketcluster.stream.WritableConsumableStream;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From a write to the handler that {@code consume} runs on a virtual thread. */
public class HandOverBenchmark extends TimedInNanoseconds {
  private static final int BATCH = 1_000;

  private final WritableConsumableStream<String> stream = new WritableConsumableStream<>();
  private final Semaphore handled = new Semaphore(0);

  /** Starts to handle. */
  @Setup
  public void consume() {
    stream.consume(item -> handled.release());
  }

  /** Ends the handler. */
  @TearDown
  public void end() {
    stream.kill();
  }

  /** A virtual thread is started for the item, and ends: there and back. */
  @Benchmark
  public void anIdleHandlerTakesAnItemOnANewVirtualThread() throws InterruptedException {
    stream.write("item");
    handled.acquire();
  }

  /** One virtual thread for all of them. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void aBusyHandlerTakesItemsWithoutANewThread() throws InterruptedException {
    for (int i = 0; i < BATCH; i++) {
      stream.write("item");
    }
    handled.acquire(BATCH);
  }

  /** What any hand-over to a new virtual thread costs. */
  @Benchmark
  public void comparedWithAVirtualThreadAlone() throws InterruptedException {
    Thread.startVirtualThread(handled::release);
    handled.acquire();
  }
}
