// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.broker.redis.RedisBroker;
import io.socketcluster.broker.scc.SccBroker;
import io.socketcluster.protocol.errors.InvalidOptionsError;

/** The broker engine for a URL. */
final class Brokers {
  private Brokers() {}

  /**
   * Makes the engine, which begins to connect.
   *
   * @param port the port of this server, which a cluster of Node workers tells the others
   * @throws IllegalArgumentException with a sentence about what is wrong with the URL
   */
  static AGBrokerEngine at(String url, int port) {
    try {
      return switch (scheme(url)) {
        case "nats", "tls" -> NatsBroker.at(url).build();
        case "redis", "rediss" -> RedisBroker.at(url).build();
        case "scc", "sccs" -> SccBroker.at(url).instancePort(Math.max(1, port)).build();
        default ->
            throw new IllegalArgumentException(
                "--broker must begin with nats://, tls://, redis://, rediss://, redis+sentinel://,"
                    + " redis+cluster://, scc:// or sccs://");
      };
    } catch (InvalidOptionsError e) {
      throw new IllegalArgumentException("--broker: " + e.getMessage(), e);
    }
  }

  /** Returns what a URL begins with, up to its colon or to a plus sign. */
  private static String scheme(String url) {
    return url.split("[:+]", 2)[0];
  }
}
