// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.stream.ConsumptionErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Reports the failures of an engine that no caller learns of, and those of the consumers of its
 * streams: as {@link BrokerEvent#ERROR}, and in the log when nobody consumes that event.
 * Thread-safe.
 */
public final class BrokerFailures implements ConsumptionErrorHandler {
  private final AGBrokerEngine engine;
  private final FailureLog log = new FailureLog();

  /** Creates the reports of an engine, which need not be complete yet. */
  public BrokerFailures(AGBrokerEngine engine) {
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

  /**
   * Reports a failure.
   *
   * @param event what happened: a sentence without a full stop, in which no client has a part
   */
  public void failed(String event, Throwable error) {
    boolean isHeard = engine.getListenerConsumerCount(BrokerEvent.ERROR.name()) > 0;
    engine.emit(BrokerEvent.ERROR, new BrokerEvent.Failure(error));
    if (!isHeard) {
      log.log(event, error);
    }
  }
}
