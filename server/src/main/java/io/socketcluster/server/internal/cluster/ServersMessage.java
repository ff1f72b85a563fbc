// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

/** A message between servers. Each names the server that has sent it. */
sealed interface ServersMessage {
  String from();

  /** A server is there. */
  record Here(String from) implements ServersMessage {}

  /** A server leaves. */
  record Leaving(String from) implements ServersMessage {}

  /** Every server is to follow an order, and to answer with its number. */
  record Question(String from, long number, Order order) implements ServersMessage {}

  /** A server has followed an order. */
  record Answer(String from, long number, long count) implements ServersMessage {}
}
