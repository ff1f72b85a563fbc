// SPDX-License-Identifier: MIT
package io.socketcluster.core.failures;

import io.socketcluster.stream.ConsumptionErrorHandler;
import org.jspecify.annotations.Nullable;

/** Logs what handlers of events throw, where there is no event for errors. Thread-safe. */
public final class ListenerFailures implements ConsumptionErrorHandler {
  private final String emitter;
  private final FailureLog log = new FailureLog();

  /**
   * Creates the reports of an emitter of events.
   *
   * @param emitter the emitter, as a sentence names it: {@code the store}
   */
  public ListenerFailures(String emitter) {
    this.emitter = emitter;
  }

  @Override
  public void handle(Object item, Throwable error) {
    handle("event", item, error);
  }

  @Override
  public void handle(@Nullable String stream, Object item, Throwable error) {
    log.log("The listener \"" + stream + "\" of " + emitter + " failed", error);
  }

  @Override
  public void executorFailed(@Nullable String stream, Throwable error) {
    log.log("The executor for \"" + stream + "\" of " + emitter + " took no task", error);
  }
}
