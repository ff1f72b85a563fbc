// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.stream.StreamHandler;
import java.util.Iterator;

/**
 * The actions of one connection on one line. It is meant for one consumer: whichever of {@link
 * #iterator} and {@link #consume} is called first receives every action from the first on.
 */
public interface MiddlewareStream extends Iterable<AGAction> {
  /** Returns the line that the actions belong to. */
  MiddlewareLine type();

  /** Returns an iterator that blocks until there is an action; for a virtual thread. */
  @Override
  Iterator<AGAction> iterator();

  /** Calls {@code handler} for every action, on a virtual thread that lives while there are any. */
  void consume(StreamHandler<AGAction> handler);
}
