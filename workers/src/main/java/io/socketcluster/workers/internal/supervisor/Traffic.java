// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The last report of a worker, and the rates since the report before it. */
record Traffic(
    long at,
    int connections,
    int handshakes,
    long received,
    long sent,
    double receivedPerSecond,
    double sentPerSecond,
    long memory) {
  static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, 0);

  Traffic next(JsonNode report) {
    long now = System.nanoTime();
    long newReceived = report.path("received").longValue(0);
    long newSent = report.path("sent").longValue(0);
    return new Traffic(
        now,
        report.path("connections").intValue(0),
        report.path("handshakes").intValue(0),
        newReceived,
        newSent,
        rate(newReceived - received, now),
        rate(newSent - sent, now),
        report.path("memory").longValue(0));
  }

  private double rate(long messages, long now) {
    double seconds = (now - at) / (double) TimeUnit.SECONDS.toNanos(1);
    return at == 0 || seconds <= 0 ? 0 : Math.max(0, messages / seconds);
  }
}
