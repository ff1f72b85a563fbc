// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the broker of a worker: what its first clients publish should reach the others. */
final class BrokerReadiness {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerReadiness.class);
  private static final long LIMIT_SECONDS = 5;

  private BrokerReadiness() {}

  /** Returns when the broker is ready, or after a while: a worker serves without it, too. */
  static void await(AGBrokerEngine engine) {
    CountDownLatch ready = new CountDownLatch(1);
    engine.listener(BrokerEvent.READY).consume(event -> ready.countDown());
    try {
      if (!engine.isReady() && !ready.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The worker starts without its broker, which is not ready");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
