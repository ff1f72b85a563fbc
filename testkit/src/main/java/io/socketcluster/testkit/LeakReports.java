// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what Netty's leak detectors report; by themselves they only log it. Thread-safe. */
final class LeakReports extends ResourceLeakDetectorFactory {
  private final Queue<String> reports = new ConcurrentLinkedQueue<>();

  /** Takes effect for the classes of Netty that are not loaded yet. */
  static LeakReports install() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    LeakReports reports = new LeakReports();
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(reports);
    return reports;
  }

  boolean mention(String text) {
    return reports.stream().anyMatch(report -> report.contains(text));
  }

  /** Returns all reports and forgets them. */
  List<String> take() {
    List<String> taken = new ArrayList<>();
    for (String report = reports.poll(); report != null; report = reports.poll()) {
      taken.add(report);
    }
    return taken;
  }

  @Override
  public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int samplingInterval) {
    return new Detector<>(type, samplingInterval);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract all the same
  public <T> ResourceLeakDetector<T> newResourceLeakDetector(
      Class<T> type, int samplingInterval, long maxActive) {
    return newResourceLeakDetector(type, samplingInterval);
  }

  private final class Detector<T> extends ResourceLeakDetector<T> {
    Detector(Class<T> type, int samplingInterval) {
      super(type, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      reports.add("LEAK: " + resourceType + " was not released." + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      reports.add("LEAK: " + resourceType + " was not released; nothing is known of it");
    }
  }
}
