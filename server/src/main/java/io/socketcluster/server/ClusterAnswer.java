// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.time.Duration;
import java.time.Instant;

/**
 * The answer of the servers of a cluster. Immutable.
 *
 * @param count the sum over the servers that have answered
 * @param servers how many servers have answered, this one included
 * @param missing how many servers are known and have not answered in time; at least 1 when the
 *     broker could not be reached
 * @param askedAt when the servers were asked: each has counted then or later
 */
public record ClusterAnswer(long count, int servers, int missing, Instant askedAt) {
  /** Returns whether every known server has answered. */
  public boolean isComplete() {
    return missing == 0;
  }

  /** Returns how long ago the servers were asked: no part of the answer is older. */
  public Duration age() {
    return Duration.between(askedAt, Instant.now());
  }
}
