// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.stream.ConsumptionErrorHandler;

/** Is told of what fails between servers and no caller learns. */
public interface ClusterFailures extends ConsumptionErrorHandler {
  void failed(String event, Throwable failure);

  @Override
  default void handle(Object item, Throwable error) {
    failed("A message of another server could not be handled", error);
  }
}
