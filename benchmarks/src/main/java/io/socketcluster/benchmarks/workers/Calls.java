// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import io.socketcluster.client.AGClientSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Clients that call their workers at a rate, whatever the answers do; and how long these took. */
final class Calls implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final List<AGClientSocket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  /**
   * A call that was answered.
   *
   * @param pid the worker that has answered
   */
  private record Call(long pid, long begin, long end) {}

  /** Starts clients, which reconnect by themselves. */
  Calls(int port, int clients) {
    for (int i = 0; i < clients; i++) {
      AGClientSocket socket = Answers.client(port, true);
      sockets.add(socket);
      socket.connect();
      threads.add(Thread.startVirtualThread(() -> call(socket)));
    }
  }

  @SuppressWarnings("InfiniteLoopStatement") // until it is interrupted
  private void call(AGClientSocket socket) {
    try {
      while (true) {
        long begin = System.nanoTime();
        Answers.pidOf(socket)
            .thenAccept(pid -> calls.add(new Call(pid, begin, System.nanoTime())))
            .exceptionally(failure -> null); // its worker has died
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the workers that have answered since a moment. */
  Set<Long> workersSince(long begin) {
    return calls.stream()
        .filter(call -> call.begin - begin >= 0)
        .map(Call::pid)
        .collect(Collectors.toSet());
  }

  /** Returns how long the calls of a worker took that began in this time. */
  List<Long> of(long pid, long from, long to) {
    List<Long> nanos = new ArrayList<>();
    calls.stream()
        .filter(call -> call.pid == pid && call.begin - from >= 0 && to - call.begin > 0)
        .forEach(call -> nanos.add(call.end - call.begin));
    return nanos;
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    sockets.forEach(AGClientSocket::disconnect);
  }

  /** Returns the 99th percentile, in nanoseconds. */
  static OptionalLong p99(List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return Arrays.stream(sorted).skip((long) (sorted.length * 0.99)).findFirst();
  }
}
