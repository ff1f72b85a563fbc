// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.cluster;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.broker.AGBrokerEngine;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Subscribes to many channels at a broker. It prints a line of JSON: how long it took, and the heap
 * of each.
 */
public final class ChannelsLoad {
  private static final int COLLECTIONS = 3;
  private static final int LOADING = 1_000;
  private static final int READY_POLL_MILLIS = 10;

  private ChannelsLoad() {}

  /**
   * Runs the load.
   *
   * @param args {@code --broker}, the URL of NATS or Redis; {@code --channels}
   */
  public static void main(String[] args) throws InterruptedException {
    Arguments given = Arguments.parse(args, Map.of("broker", "", "channels", "100000"));
    int channels = given.number("channels", 1, 1_000_000);
    AGBrokerEngine engine = ClusterServer.engine(given.text("broker"));
    while (!engine.isReady()) {
      Thread.sleep(READY_POLL_MILLIS);
    }
    subscribe(engine, "first-", LOADING); // what is loaded once is no channel's
    long unused = usedBytes();
    long begin = System.nanoTime();
    subscribe(engine, "channel-", channels);
    double millis = (System.nanoTime() - begin) / 1e6;
    System.out.printf(
        Locale.ROOT,
        "{\"subscribe_ms\":%.0f,\"bytes_per_channel\":%.0f}%n",
        millis,
        (double) (usedBytes() - unused) / channels);
    System.exit(engine.isReady() ? 0 : 1);
  }

  private static void subscribe(AGBrokerEngine engine, String prefix, int channels) {
    CompletableFuture<?>[] subscribed = new CompletableFuture<?>[channels];
    for (int i = 0; i < channels; i++) {
      subscribed[i] = engine.subscribe(message -> {}, prefix + i);
    }
    CompletableFuture.allOf(subscribed).join();
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
