// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests after which a buffer of Netty was lost without a release. Its check comes
 * after all else of the class, when the servers are closed.
 *
 * <p>It has to be loaded before Netty. So let JUnit detect it for all classes: name this class in
 * {@code META-INF/services/org.junit.jupiter.api.extension.Extension} of your tests' resources, and
 * set {@code junit.jupiter.extensions.autodetection.enabled = true} in {@code
 * junit-platform.properties}.
 *
 * <p>Netty notices a leak when the buffer has been collected and another one is allocated. So that
 * silence means something, each check loses two buffers of its own, one after the other, and waits
 * until they are reported: then what was lost before the first one has been reported too.
 */
public final class LeakGate implements BeforeAllCallback, AfterAllCallback {
  private static final LeakReports REPORTS = LeakReports.install();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_COLLECTIONS = Duration.ofMillis(20);

  /** For JUnit. */
  public LeakGate() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    // Being loaded is all that it needs.
  }

  @Override
  public void afterAll(ExtensionContext context) {
    check();
  }

  static void check() {
    String mark = "lost on purpose " + UUID.randomUUID();
    for (String canary : List.of(mark + ", first", mark + ", second")) {
      lose(canary);
      awaitReportOf(canary);
    }
    List<String> leaks = REPORTS.take().stream().filter(report -> !report.contains(mark)).toList();
    if (!leaks.isEmpty()) {
      throw new AssertionError(
          leaks.stream().collect(Collectors.joining("\n", leaks.size() + " leaks\n", "")));
    }
  }

  /** In a method of its own, and not pooled: no variable and no pool may hold the buffer. */
  static void lose(String name) {
    ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
    buffer.touch(name);
  }

  private static void awaitReportOf(String canary) {
    long begun = System.nanoTime();
    while (!isReported(canary)) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new AssertionError(
            "The leak detector is not at work: Netty was loaded before "
                + LeakGate.class.getName());
      }
      LockSupport.parkNanos(BETWEEN_COLLECTIONS.toNanos());
    }
  }

  private static boolean isReported(String name) {
    System.gc();
    UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
    return REPORTS.mention(name);
  }
}
