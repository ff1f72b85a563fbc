// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.protocol.errors.BrokerError;
import java.time.Instant;

/**
 * The reason for which a seat is not whole.
 *
 * @param since messages may be missing since then
 */
record Problem(BrokerError reason, Instant since) {
  /** Returns a problem that begins now. */
  static Problem of(String reason) {
    return new Problem(new BrokerError(reason), Instant.now());
  }
}
