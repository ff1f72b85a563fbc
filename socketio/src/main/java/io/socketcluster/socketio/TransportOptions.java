// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import io.socketcluster.core.options.OptionChecks;
import java.time.Duration;
import java.util.Objects;

/**
 * The times of one transport, as the option {@code transportOptions} of the old server has them.
 * Immutable.
 *
 * @param heartbeatInterval how long the server waits before the next heartbeat; clients give up
 *     after 15 s of silence, so it is at most 14 s
 * @param timeout how long the server waits for the echo of a heartbeat; zero: no heartbeats.
 *     Polling has none.
 * @param closeTimeout how long a session lasts without a connection; zero: it ends with it
 * @param duration how long a poll is held before it is answered without a message; clients give up
 *     after 25 s, so it is at most 24 s. Polling only
 */
public record TransportOptions(
    Duration heartbeatInterval, Duration timeout, Duration closeTimeout, Duration duration) {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofHours(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(14);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(24);

  /** The defaults of WebSockets and streams: 10 s, 8 s, and sessions that end with them. */
  static final TransportOptions STREAMING =
      new TransportOptions(
          Duration.ofSeconds(10), Duration.ofSeconds(8), Duration.ZERO, Duration.ofSeconds(20));

  /** The defaults of polling: no heartbeats, 8 s between two polls, polls of 20 s. */
  static final TransportOptions POLLING =
      new TransportOptions(
          Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(8), Duration.ofSeconds(20));

  static TransportOptions defaultsOf(SocketIOTransport transport) {
    return transport.isPolling() ? POLLING : STREAMING;
  }

  /** Returns these times with another interval of heartbeats. */
  public TransportOptions withHeartbeatInterval(Duration given) {
    return new TransportOptions(given, timeout, closeTimeout, duration);
  }

  /** Returns these times with another timeout of heartbeats; zero: no heartbeats. */
  public TransportOptions withTimeout(Duration given) {
    return new TransportOptions(heartbeatInterval, given, closeTimeout, duration);
  }

  /** Returns these times with another time without a connection. */
  public TransportOptions withCloseTimeout(Duration given) {
    return new TransportOptions(heartbeatInterval, timeout, given, duration);
  }

  /** Returns these times with another time of a poll. */
  public TransportOptions withDuration(Duration given) {
    return new TransportOptions(heartbeatInterval, timeout, closeTimeout, given);
  }

  void check(SocketIOTransport transport) {
    String of = "transportOptions of " + transport.id() + ": ";
    check(of + "heartbeatInterval", heartbeatInterval, LEAST, LONGEST_INTERVAL);
    check(of + "timeout", timeout, Duration.ZERO, MOST);
    check(of + "closeTimeout", closeTimeout, transport.isPolling() ? LEAST : Duration.ZERO, MOST);
    check(of + "duration", duration, LEAST, LONGEST_POLL);
  }

  private static void check(String option, Duration value, Duration least, Duration most) {
    Objects.requireNonNull(value, option);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw OptionChecks.refused(option, value, least + " to " + most);
    }
  }
}
