// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import org.jspecify.annotations.Nullable;

/** Where the value of a parameter comes from. Thread-safe. */
@FunctionalInterface
interface Argument {
  /**
   * Returns the value.
   *
   * @throws io.socketcluster.protocol.errors.AGException if the peer is the reason that there is
   *     none
   */
  @Nullable Object of(Occasion occasion);
}
