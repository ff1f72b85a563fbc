// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

/**
 * At most which share of the reference's figure this server may have.
 *
 * @param figure the share of the figure that is compared, or {@link #NONE}
 * @param p99 the share of the p99, or {@link #NONE}
 */
public record Target(double figure, double p99) {
  public static final double NONE = Double.NaN;

  public static Target none() {
    return new Target(NONE, NONE);
  }

  public static Target of(double figure) {
    return new Target(figure, NONE);
  }
}
