// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import io.socketcluster.benchmarks.compare.probe.PauseProbe;
import java.util.ArrayList;
import java.util.List;

/** This server with other collectors, heaps, object headers and transports. */
public record JvmVariants(Contenders contenders) {
  public static final String BASELINE = "serial, 2g";

  private static final String SERIAL = "-XX:+UseSerialGC";
  private static final String LARGE_HEAP = "-Xmx2g";
  private static final int COMPACT_HEADERS_SINCE = 25;

  public List<Contender> all() {
    List<Contender> variants = new ArrayList<>();
    variants.add(jvm(BASELINE, SERIAL, LARGE_HEAP));
    variants.add(jvm("serial, 256m", SERIAL, "-Xmx256m"));
    variants.add(jvm("serial, 2g from the start", SERIAL, LARGE_HEAP, "-Xms2g"));
    variants.add(jvm("parallel, 2g", "-XX:+UseParallelGC", LARGE_HEAP));
    variants.add(jvm("G1, 2g", "-XX:+UseG1GC", LARGE_HEAP));
    variants.add(jvm("ZGC, 2g", "-XX:+UseZGC", LARGE_HEAP));
    if (Runtime.version().feature() >= COMPACT_HEADERS_SINCE) {
      String compact = "-XX:+UseCompactObjectHeaders";
      variants.add(jvm("serial, 2g, compact headers", SERIAL, LARGE_HEAP, compact));
    }
    variants.add(transport("nio"));
    return variants;
  }

  private Contender jvm(String id, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(PauseProbe.LOG_OPTION);
    return contenders.thisServerOn(id, all);
  }

  private Contender transport(String name) {
    List<String> options = List.of(SERIAL, LARGE_HEAP, PauseProbe.LOG_OPTION);
    return contenders.thisServerOn(BASELINE + ", " + name, options, "--transport", name);
  }
}
