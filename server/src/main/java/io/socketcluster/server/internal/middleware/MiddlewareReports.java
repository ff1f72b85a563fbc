// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.middleware;

/** Learns what a middleware refuses and how it fails. Called on any thread. */
public interface MiddlewareReports {
  /** A middleware refused an action on purpose; the client is told why. */
  void refused(Throwable reason);

  /**
   * A middleware failed, by a fault of the application.
   *
   * @param event what happened, a sentence without a full stop
   */
  void failed(String event, Throwable failure);
}
