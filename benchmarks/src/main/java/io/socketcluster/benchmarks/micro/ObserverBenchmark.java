// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.socketcluster.micrometer.SocketClusterMetrics;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.jfr.JfrObserver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A publish and its answer through the whole server, with and without an observer. Compare the
 * time, and the memory by {@code gc.alloc.rate.norm}.
 */
public class ObserverBenchmark extends TimedInNanoseconds {
  private static final int PAYLOAD_SIZE = 64;

  /** The observers. */
  public enum Observers {
    NONE,
    /** It is told, and does nothing. */
    IDLE,
    /** No recording is under way. */
    JFR,
    MICROMETER;

    ServerObserver newObserver() {
      return switch (this) {
        case NONE -> ServerObserver.NONE;
        case IDLE -> new ServerObserver() {};
        case JFR -> new JfrObserver();
        case MICROMETER -> new SocketClusterMetrics(new SimpleMeterRegistry());
      };
    }
  }

  /** The observer of the server. */
  @Param private Observers observer = Observers.NONE;

  private @Nullable InProcessRoom room;

  /** Connects and subscribes one client. */
  @Setup
  public void connect() throws InterruptedException {
    room = InProcessRoom.of(1, observer.newObserver());
  }

  /** Closes the server. */
  @TearDown
  public void close() {
    Objects.requireNonNull(room).close();
  }

  /** It is read, published, delivered and written. */
  @Benchmark
  public void aPublishIsToldToTheObserver() throws InterruptedException {
    Objects.requireNonNull(room).publish(PAYLOAD_SIZE);
  }
}
