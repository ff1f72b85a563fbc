// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

/** A server or the load generator did not do what it should: there is no figure. */
final class MeasurementException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MeasurementException(String message) {
    super(message);
  }
}
