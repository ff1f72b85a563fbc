// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

/** How the workers of a cluster share out the channels among its brokers: all in the same way. */
public enum SccMapping {
  /** The default of {@code scc-broker-client}: few channels move when a broker joins or leaves. */
  SKELETON_RENDEZVOUS("skeletonRendezvous"),

  /** A hash of the channel modulo the number of brokers: most channels move with each change. */
  SIMPLE("simple");

  private final String value;

  SccMapping(String value) {
    this.value = value;
  }

  /** Returns the name that {@code scc-broker-client} has for the mapping. */
  public String value() {
    return value;
  }
}
