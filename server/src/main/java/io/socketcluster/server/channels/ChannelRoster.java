// SPDX-License-Identifier: MIT
package io.socketcluster.server.channels;

import java.util.List;

/**
 * The sockets and users in a channel, on all servers. Immutable.
 *
 * @param sockets how many sockets are subscribed
 * @param users the users of these sockets in the order of their names, at most 1,000, and of other
 *     servers at most 200 each
 * @param more how many users are known and not listed
 */
public record ChannelRoster(long sockets, List<String> users, int more) {
  /** Creates a roster with an unmodifiable copy of the users. */
  public ChannelRoster {
    users = List.copyOf(users);
  }
}
