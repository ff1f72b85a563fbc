// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.workers;

import io.socketcluster.client.AGClientSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Clients that call their workers at a rate, whatever the answers do; and how long these took. */
final class Calls implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final long NONE = 0;

  private final List<AGClientSocket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  /** A call of a client: its worker is known when it is answered, and it ends in any case. */
  private static final class Call {
    final int client;
    final long begin = System.nanoTime();
    volatile long pid;
    volatile long nanos;

    Call(int client) {
      this.client = client;
    }

    void answered(long worker) {
      pid = worker;
    }

    void over() {
      nanos = Math.max(1, System.nanoTime() - begin);
    }

    boolean isOf(long worker) {
      return pid == worker;
    }

    /** Returns how long it has taken, so far if it is not over. */
    long taken() {
      return nanos == 0 ? System.nanoTime() - begin : nanos;
    }
  }

  /** Starts clients, which reconnect by themselves. */
  Calls(int port, int clients) {
    for (int i = 0; i < clients; i++) {
      AGClientSocket socket = Answers.client(port, true);
      sockets.add(socket);
      socket.connect();
      int client = i;
      threads.add(Thread.startVirtualThread(() -> call(client, socket)));
    }
  }

  @SuppressWarnings("InfiniteLoopStatement") // until it is interrupted
  private void call(int client, AGClientSocket socket) {
    try {
      while (true) {
        Call call = new Call(client);
        calls.add(call);
        Answers.pidOf(socket)
            .thenAccept(call::answered)
            .whenComplete((answered, failure) -> call.over());
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the workers that have answered since a moment. */
  Set<Long> workersSince(long begin) {
    return calls.stream()
        .filter(call -> call.begin - begin >= 0 && !call.isOf(NONE))
        .map(call -> call.pid)
        .collect(Collectors.toSet());
  }

  /** Returns the clients that no other worker has answered since a moment. */
  Set<Integer> clientsOf(long worker, long begin) {
    Map<Integer, List<Call>> byClient =
        calls.stream()
            .filter(call -> call.begin - begin >= 0 && !call.isOf(NONE))
            .collect(Collectors.groupingBy(call -> call.client));
    return byClient.entrySet().stream()
        .filter(client -> client.getValue().stream().allMatch(call -> call.isOf(worker)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * Returns how long the calls of these clients took that began in this time. One that is not
   * answered counts with its age.
   */
  List<Long> of(Set<Integer> clients, long from, long to) {
    return calls.stream()
        .filter(call -> clients.contains(call.client))
        .filter(call -> call.begin - from >= 0 && to - call.begin > 0)
        .map(Call::taken)
        .toList();
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
