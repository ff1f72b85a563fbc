// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import io.socketcluster.client.AGClientSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Clients that call their worker at a rate, whatever the answers do; and how long these took. */
final class Calls implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final List<Thread> threads;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  /** A call, which ends with its answer or its failure. */
  private static final class Call {
    final long begin = System.nanoTime();
    volatile long nanos;

    void over() {
      nanos = Math.max(1, System.nanoTime() - begin);
    }

    /** Returns how long it has taken, so far if it is not over. */
    long taken() {
      return nanos == 0 ? System.nanoTime() - begin : nanos;
    }
  }

  Calls(List<AGClientSocket> sockets) {
    threads = sockets.stream().map(it -> Thread.startVirtualThread(() -> call(it))).toList();
  }

  @SuppressWarnings("InfiniteLoopStatement") // until it is interrupted
  private void call(AGClientSocket socket) {
    try {
      while (true) {
        Call call = new Call();
        calls.add(call);
        Answers.pidOf(socket).whenComplete((answer, failure) -> call.over());
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns the 99th percentile of the calls that began in some time, in nanoseconds. A call that
   * is not answered counts with its age.
   */
  long p99(long from, Duration time) {
    List<Long> nanos = new ArrayList<>();
    for (Call call : calls) {
      long since = call.begin - from;
      if (since >= 0 && since < time.toNanos()) {
        nanos.add(call.taken());
      }
    }
    return p99(nanos).orElseThrow();
  }

  static OptionalLong p99(List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return Arrays.stream(sorted).skip((long) (sorted.length * 0.99)).findFirst();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
