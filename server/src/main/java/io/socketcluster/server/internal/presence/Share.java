// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import io.socketcluster.protocol.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The share of one server in a channel: its own sockets there. It is told as a whole, so a message
 * that is lost is made good by the next. Immutable.
 *
 * @param server the server that tells it
 * @param channel empty if the server says only that it is there
 * @param sockets how many sockets are subscribed; -1 if the server leaves
 * @param users how many sockets each user has, for at most {@link #MOST_USERS}
 */
record Share(String server, String channel, long sockets, Map<String, Integer> users) {
  static final int MOST_USERS = 200;
  private static final int LONGEST_MESSAGE = 100_000;
  private static final int LONGEST_NAME = 256;

  Share {
    users = Map.copyOf(users);
  }

  /** Returns a message that says that a server is there. */
  static Share hello(String server) {
    return new Share(server, "", 0, Map.of());
  }

  /** Returns a message that says that a server leaves. */
  static Share farewell(String server) {
    return new Share(server, "", -1, Map.of());
  }

  boolean isFarewell() {
    return sockets < 0;
  }

  boolean isEmpty() {
    return sockets == 0;
  }

  Payload toPayload() {
    return Payload.of(
        Map.of("from", server, "channel", channel, "sockets", sockets, "users", users));
  }

  /** Reads a message of another server; returns null if it is none. */
  static @Nullable Share of(@Nullable Payload data) {
    if (data == null || data.size() > LONGEST_MESSAGE) {
      return null;
    }
    JsonNode json = data.node();
    String server = json.path("from").stringValue("");
    String channel = json.path("channel").stringValue("");
    long sockets = json.path("sockets").longValue(0);
    if (server.isEmpty() || sockets < -1 || (channel.isEmpty() && sockets > 0)) {
      return null;
    }
    Map<String, Integer> users = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : json.path("users").properties()) {
      int count = each.getValue().intValue(0);
      if (count > 0 && each.getKey().length() <= LONGEST_NAME && users.size() < MOST_USERS) {
        users.put(each.getKey(), count);
      }
    }
    return new Share(server, channel, sockets, users);
  }
}
