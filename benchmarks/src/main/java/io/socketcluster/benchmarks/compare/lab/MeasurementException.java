// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

/** A server or the load generator did not do what it should: there is no figure. */
public final class MeasurementException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MeasurementException(String message) {
    super(message);
  }
}
