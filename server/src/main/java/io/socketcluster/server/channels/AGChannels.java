// SPDX-License-Identifier: MIT
package io.socketcluster.server.channels;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import org.jspecify.annotations.Nullable;

/** The policies and the presence of the channels of a server. Thread-safe. */
public interface AGChannels {
  /**
   * Sets the policy of the channels whose name matches a pattern. If several patterns match, the
   * longest counts. A channel that is in use already keeps the policy that it has, so set policies
   * before the server listens.
   *
   * @param pattern a name, or the beginning of names followed by {@code *}, as in {@code room/*}
   * @throws InvalidArgumentsError if {@code *} is somewhere else than at the end, the pattern has a
   *     policy already, or the policy keeps its history at the broker and the broker engine of this
   *     server keeps none
   */
  void policy(String pattern, ChannelPolicy policy);

  /** Returns the policy that a channel of this name gets, or null if no pattern matches. */
  @Nullable ChannelPolicy policyOf(String channel);

  /**
   * Returns who is in a channel whose policy has a {@link ChannelPolicy#presenceClaim}, on all
   * servers that the broker engine joins. What happened on other servers may be missing for half a
   * second.
   */
  ChannelRoster presence(String channel);

  /**
   * Returns about how many bytes of memory the histories of this server take: their messages with
   * 100 bytes each, and their channels.
   */
  long historyBytes();

  /**
   * Returns about how many bytes of memory the last values take that this server compares messages
   * with, in channels whose policy has {@link ChannelPolicy#deltas}.
   */
  long deltaBytes();
}
