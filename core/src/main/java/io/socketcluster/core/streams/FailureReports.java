// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

/** Takes the failures around a socket. Thread-safe. */
public interface FailureReports {
  /** Emits an error that the other end may have caused, and does not log it. */
  void error(Throwable error);

  /**
   * Emits a fault of the application, and logs it if nobody listens.
   *
   * @param event what happened, a sentence without a full stop
   */
  void failed(String event, Throwable failure);

  /**
   * Logs a failure of a listener to errors, which is not emitted to that listener again.
   *
   * @param event what happened, a sentence without a full stop
   */
  void unheard(String event, Throwable failure);
}
