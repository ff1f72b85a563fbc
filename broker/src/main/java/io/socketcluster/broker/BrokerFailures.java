// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.stream.ConsumptionErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What consumers of an engine and of its exchange throw: the engine's {@code error} tells it, the
 * log tells it when nobody listens there. Thread-safe.
 */
final class BrokerFailures implements ConsumptionErrorHandler {
  private final AGBrokerEngine engine;
  private final FailureLog log = new FailureLog();

  BrokerFailures(AGBrokerEngine engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Object item, Throwable error) {
    handle(null, item, error);
  }

  @Override
  public void handle(@Nullable String stream, Object item, Throwable error) {
    if (item instanceof BrokerEvent.Failure) {
      log.log("The listener \"error\" of the broker failed", error); // and is not told that
    } else {
      failed("A consumer of the broker or of its exchange failed", error);
    }
  }

  @Override
  public void executorFailed(@Nullable String stream, Throwable error) {
    log.log("The executor for consumers of the broker or of its exchange took no task", error);
  }

  private void failed(String event, Throwable error) {
    boolean isHeard = engine.getListenerConsumerCount(BrokerEvent.ERROR.name()) > 0;
    engine.emit(BrokerEvent.ERROR, new BrokerEvent.Failure(error));
    if (!isHeard) {
      log.log(event, error);
    }
  }
}
