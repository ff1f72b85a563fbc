// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.stream.StreamHandler;
import java.util.Iterator;

/**
 * The actions of one connection on one line, for a single consumer: the first call of {@link
 * #iterator} or {@link #consume} receives every action from the start.
 */
public interface MiddlewareStream extends Iterable<AGAction> {
  /** Returns the line of the actions. */
  MiddlewareLine type();

  /** Returns an iterator that blocks until the next action arrives. Use it on a virtual thread. */
  @Override
  Iterator<AGAction> iterator();

  /**
   * Calls {@code handler} with every action, on a virtual thread that exists only while actions are
   * pending.
   */
  void consume(StreamHandler<AGAction> handler);
}
