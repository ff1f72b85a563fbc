// SPDX-License-Identifier: MIT
package io.socketcluster.server.leaks;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class when a buffer was garbage collected without having been released. It is
 * registered for every test of this module by {@code META-INF/services}.
 */
public final class LeakGate implements BeforeAllCallback, AfterAllCallback {
  static {
    RecordingLeakDetector.install();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // Loading this class has installed the detector.
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    List<String> leaks = findLeaks();
    if (!leaks.isEmpty()) {
      throw new AssertionError(leaks.size() + " leaks, the first: " + leaks.getFirst());
    }
  }

  /** Collects the garbage; Netty reports what it finds when the next buffer is made. */
  static List<String> findLeaks() throws InterruptedException {
    for (int round = 0; round < 2; round++) {
      collectGarbage();
      ByteBufAllocator.DEFAULT.directBuffer(1).release();
    }
    return RecordingLeakDetector.takeLeaks();
  }

  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    PhantomReference<Object> witness = new PhantomReference<>(new Object(), collected);
    try {
      int rounds = 0;
      do {
        System.gc();
        rounds++;
      } while (collected.remove(200) == null && rounds < 20);
    } finally {
      Reference.reachabilityFence(witness);
    }
  }
}
