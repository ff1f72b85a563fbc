// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.load;

import java.io.IOException;
import java.time.Duration;

/**
 * The load that is measured afterwards, until the compilers of the server's JVM rest: a server that
 * runs for days has long passed them. Other servers do not tell what their compilers do, and have
 * the longest warm-up.
 *
 * @param least the shortest warm-up
 * @param most the longest warm-up
 */
public record WarmUp(ProcessTimes server, Duration least, Duration most) {
  private static final Duration WINDOW = Duration.ofSeconds(4);

  /** A method may become hot a moment later. */
  private static final int WINDOWS_AT_REST = 2;

  /** The share of a core that compilers at rest may have. */
  private static final double REST = 0.03;

  /** Puts the server under load for some time. */
  @FunctionalInterface
  public interface Load {
    void run(Duration time) throws IOException, InterruptedException;
  }

  /** Returns how long the warm-up took. */
  public Duration run(Load load) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    load.run(least);
    int resting = 0;
    while (resting < WINDOWS_AT_REST && since(begin).compareTo(most) < 0) {
      Duration compilers = server.compilers();
      load.run(WINDOW);
      boolean isRest = server.hasCompilers() && isRest(server.compilers().minus(compilers));
      resting = isRest ? resting + 1 : 0;
    }
    return since(begin);
  }

  private static boolean isRest(Duration compilers) {
    return compilers.toNanos() < REST * WINDOW.toNanos();
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
