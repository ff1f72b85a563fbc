// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.util.function.Predicate;

/**
 * Which streams of a demux are kept from their beginning, and how much of them. Immutable; told
 * apart by identity.
 */
final class Retention {
  private final int limit;
  private final Predicate<String> names;

  Retention(int limit, Predicate<String> names) {
    this.limit = limit;
    this.names = names;
  }

  int limit() {
    return limit;
  }

  boolean covers(String name) {
    return names.test(name);
  }
}
