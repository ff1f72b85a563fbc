// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much traffic there is, and how long the faults last.
 *
 * @param javaClients sockets of the Java client
 * @param stockClients sockets of the client from npm
 * @param interval how long each client waits between two publishes
 * @param calm how long there is traffic without a fault, before, between and after the faults
 * @param stop how long the broker is stopped, and the link is cut
 * @param brokerTimeout the limit of the engines
 * @param rounds how often each fault happens
 */
record Plan(
    int javaClients,
    int stockClients,
    Duration interval,
    Duration calm,
    Duration stop,
    Duration brokerTimeout,
    int rounds) {
  static final int CHANNELS = 100;
  private static final int CHANNELS_OF_A_CLIENT = 20;

  /** For each run of the tests. */
  static final Plan SHORT =
      new Plan(
          20,
          10,
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofMillis(3500),
          Duration.ofSeconds(1),
          1);

  /** For a command. */
  static final Plan LONG =
      new Plan(
          20,
          10,
          Duration.ofMillis(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(4),
          3);

  static Plan asked() {
    return Boolean.getBoolean("faults.long") ? LONG : SHORT;
  }

  /** Returns the channels that a client subscribes to and publishes to, all of them spread. */
  static List<String> channelsOf(int client) {
    List<String> channels = new ArrayList<>();
    for (int i = 0; i < CHANNELS_OF_A_CLIENT; i++) {
      channels.add("channel-" + (client * 7 + i * 5) % CHANNELS);
    }
    return channels;
  }
}
