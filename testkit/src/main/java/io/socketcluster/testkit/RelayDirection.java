// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** Carries what one end sends to the other, on two virtual threads with a bounded queue between. */
final class RelayDirection {
  private static final int CHUNK = 8 * 1024;
  private static final int MOST_CHUNKS = 128;
  private static final Chunk END = new Chunk(new byte[0], 0);

  private final RelayConnection connection;
  private final Socket from;
  private final Socket to;
  private final RelayTraffic traffic;
  private final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>(MOST_CHUNKS);

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Chunk(byte[] bytes, long due) {
    boolean isEnd() { // a read returns at least a byte
      return bytes.length == 0;
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  RelayDirection(RelayConnection connection, Socket from, Socket to, RelayTraffic traffic) {
    this.connection = connection;
    this.from = from;
    this.to = to;
    this.traffic = traffic;
  }

  void start() {
    startThread(this::read);
    startThread(this::write);
  }

  private void startThread(Work work) {
    Thread.startVirtualThread(
        () -> {
          try {
            work.run();
          } catch (IOException | InterruptedException e) {
            connection.onEndOf();
          }
        });
  }

  private void read() throws IOException, InterruptedException {
    byte[] bytes = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      traffic.awaitResumed();
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        queue.put(new Chunk(Arrays.copyOf(bytes, length), traffic.due()));
        traffic.awaitResumed();
      }
    } finally {
      queue.put(END); // the writer has to end, too
    }
  }

  /** Goes on to the end after a failure, too: the reader must not wait for room in the queue. */
  private void write() throws InterruptedException {
    for (Chunk chunk = queue.take(); !chunk.isEnd(); chunk = queue.take()) {
      awaitDue(chunk);
      traffic.awaitResumed();
      carry(chunk.bytes);
    }
    connection.onEndOf();
  }

  private static void awaitDue(Chunk chunk) {
    for (long left = chunk.due - System.nanoTime();
        left > 0;
        left = chunk.due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void carry(byte[] bytes) {
    if (connection.isFrozen()) {
      return;
    }
    try {
      traffic.onCarried(bytes.length);
      to.getOutputStream().write(bytes);
    } catch (IOException e) {
      connection.onEndOf();
    }
  }
}
