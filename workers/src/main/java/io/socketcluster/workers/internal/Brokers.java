// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.broker.redis.RedisBroker;
import io.socketcluster.broker.scc.SccBroker;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The broker engine for a URL. */
public final class Brokers {
  /** The form of a URL that has an engine. */
  static final Pattern URL =
      Pattern.compile("(nats|tls|redis|rediss|redis\\+sentinel|redis\\+cluster|sccs?)://.+");

  static final String ALLOWED =
      "nats://, tls://, redis://, rediss://, redis+sentinel://, redis+cluster://, scc:// or"
          + " sccs://, and an address";

  private Brokers() {}

  /**
   * Checks as much of a URL as can be without a connection.
   *
   * @throws InvalidOptionsError if it is no address of a state server, although it looks like it
   */
  public static void check(@Nullable String url) {
    try {
      if (url != null && url.startsWith("scc")) {
        SccBroker.at(url).check();
      }
    } catch (InvalidOptionsError e) {
      throw new InvalidOptionsError("broker: " + e.getMessage());
    }
  }

  /**
   * Creates the engine, which begins to connect.
   *
   * @param port the port of this server, which a cluster of Node workers tells the others
   * @throws InvalidOptionsError if the URL is wrong, or if the module of its engine is missing
   */
  static AGBrokerEngine at(String url, int port) {
    String scheme = url.split("[:+]", 2)[0];
    try {
      return switch (scheme) {
        case "nats", "tls" -> NatsBroker.at(url).build();
        case "redis", "rediss" -> RedisBroker.at(url).build();
        default -> SccBroker.at(url).instancePort(Math.max(1, port)).build();
      };
    } catch (NoClassDefFoundError e) {
      String module = scheme.startsWith("redis") ? "redis" : "nats";
      throw new InvalidOptionsError(
          "broker needs the dependency io.socketcluster:socketcluster-broker-" + module);
    }
  }
}
