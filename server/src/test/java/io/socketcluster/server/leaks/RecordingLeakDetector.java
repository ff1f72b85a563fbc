// SPDX-License-Identifier: MIT
package io.socketcluster.server.leaks;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down every buffer that was garbage collected without having been released. */
final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  private RecordingLeakDetector(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  /** Makes Netty use this detector; has to come before the first buffer. */
  static void install() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(
        new ResourceLeakDetectorFactory() {
          @Override
          public <T> ResourceLeakDetector<T> newResourceLeakDetector(
              Class<T> resource, int samplingInterval) {
            return new RecordingLeakDetector<>(resource, samplingInterval);
          }

          @Override
          @Deprecated
          @SuppressWarnings("deprecation") // abstract in Netty
          public <T> ResourceLeakDetector<T> newResourceLeakDetector(
              Class<T> resource, int samplingInterval, long maxActive) {
            return new RecordingLeakDetector<>(resource, samplingInterval);
          }
        });
  }

  /** Returns what was found since the last call. */
  static List<String> takeLeaks() {
    List<String> taken = new ArrayList<>();
    String leak = LEAKS.poll();
    while (leak != null) {
      taken.add(leak);
      leak = LEAKS.poll();
    }
    return taken;
  }

  @Override
  protected boolean needReport() {
    return true; // whatever the level of the logger is
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    LEAKS.add(resourceType + " was not released:" + records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    LEAKS.add(resourceType + " was not released");
  }
}
