// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import java.time.Duration;

/**
 * What both servers can be told. Immutable.
 *
 * @param pingInterval how often a client is pinged
 * @param pingTimeout how long either side may be silent
 * @param hasLateAuthEngine whether tokens are signed and verified by somebody who answers later
 * @param protocolVersion 1 or 2
 * @param codec how messages are encoded
 * @param compresses whether messages are compressed for clients that offer it
 */
record CaseServerOptions(
    Duration pingInterval,
    Duration pingTimeout,
    boolean hasLateAuthEngine,
    int protocolVersion,
    CaseCodec codec,
    boolean compresses) {
  static final CaseServerOptions DEFAULTS =
      new CaseServerOptions(
          Duration.ofSeconds(8), Duration.ofSeconds(30), false, 2, CaseCodec.JSON, false);

  CaseServerOptions withPings(Duration interval, Duration timeout) {
    return new CaseServerOptions(
        interval, timeout, hasLateAuthEngine, protocolVersion, codec, compresses);
  }

  CaseServerOptions withLateAuthEngine() {
    return new CaseServerOptions(
        pingInterval, pingTimeout, true, protocolVersion, codec, compresses);
  }

  CaseServerOptions withProtocolVersion(int version) {
    return new CaseServerOptions(
        pingInterval, pingTimeout, hasLateAuthEngine, version, codec, compresses);
  }

  CaseServerOptions withCodec(CaseCodec other) {
    return new CaseServerOptions(
        pingInterval, pingTimeout, hasLateAuthEngine, protocolVersion, other, compresses);
  }

  CaseServerOptions withCompression() {
    return new CaseServerOptions(
        pingInterval, pingTimeout, hasLateAuthEngine, protocolVersion, codec, true);
  }
}
