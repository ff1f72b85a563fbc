// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs what goes wrong. What clients are told, such as a refused subscription, is for debugging
 * only: they can repeat it as often as they like. Everything else is a fault of this program or of
 * the machine, and logged with its stack trace, at most one a second. Thread-safe.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos();

  private final AtomicLong nextAt = new AtomicLong(System.nanoTime());

  void follow(AGServer server) {
    server.listener(AGServer.ERROR).consume(event -> log(Level.ERROR, event.error()));
    server.listener(AGServer.WARNING).consume(event -> log(Level.WARN, event.warning()));
  }

  private void log(Level level, Throwable failure) {
    if (failure instanceof AGException) {
      LOG.debug("A client was told of {}", failure.toString());
    } else if (isTime()) {
      LOG.atLevel(level).setCause(failure).log("Something went wrong");
    }
  }

  private boolean isTime() {
    long now = System.nanoTime();
    long next = nextAt.get();
    return now - next >= 0 && nextAt.compareAndSet(next, now + BETWEEN_NANOS);
  }
}
