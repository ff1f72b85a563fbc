// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What this JVM takes from the machine at a moment. Linux only.
 *
 * @param heapBytes used on the heap
 * @param residentBytes of memory that the process holds
 * @param threads of the system
 * @param cpuNanos used since the start
 * @param nanoTime when that was
 */
record Footprint(long heapBytes, long residentBytes, int threads, long cpuNanos, long nanoTime) {
  private static final double KIBIBYTE = 1024;
  private static final String RESIDENT = "VmRSS:";

  static Footprint now() throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Footprint(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        readResidentBytes(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        system.getProcessCpuTime(),
        System.nanoTime());
  }

  /** Collects garbage before. */
  static Footprint afterCollection() throws IOException {
    System.gc();
    System.gc();
    return now();
  }

  private static long readResidentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(RESIDENT))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Returns what each of so many sockets has added. */
  String perSocket(Footprint before, int sockets) {
    return String.format(
        Locale.ROOT,
        "heap %.1f KiB and memory %.1f KiB each, %.0f µs of CPU each to connect, %d threads",
        (heapBytes - before.heapBytes) / KIBIBYTE / sockets,
        (residentBytes - before.residentBytes) / KIBIBYTE / sockets,
        (cpuNanos - before.cpuNanos) / 1e3 / sockets,
        threads);
  }

  /** Returns how busy the process was since then. */
  String load(Footprint before) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of a core",
        100.0 * (cpuNanos - before.cpuNanos) / (nanoTime - before.nanoTime));
  }
}
