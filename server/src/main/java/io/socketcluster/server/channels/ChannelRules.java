// SPDX-License-Identifier: MIT
package io.socketcluster.server.channels;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a server's channels. A rule is asked before the inbound middleware, about each
 * subscription and each publish of a client to a channel that its pattern matches. If several
 * patterns match, only the longest counts; a channel without a rule is open to everyone. The rule
 * of a channel also decides about its presence channel. Thread-safe.
 */
public interface ChannelRules {
  /**
   * Sets the rule of the channels whose name matches a pattern, in place of the one that the
   * pattern has. What is subscribed already stays so until it is checked again, by {@code
   * agServer.cluster().recheck(pattern)}.
   *
   * @param pattern a name, or the beginning of names followed by {@code *}, as in {@code room/*}
   * @throws InvalidArgumentsError if {@code *} is somewhere else than at the end
   */
  void set(String pattern, ChannelRule rule);

  /** Removes the rule of a pattern; without effect if it has none. */
  void remove(String pattern);

  /** Returns the rule that counts for a channel, or null if no pattern matches. */
  @Nullable ChannelRule ruleOf(String channel);
}
