// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import java.util.List;
import java.util.Objects;

/**
 * A change of a store. It does not have the new value: read it from the store.
 *
 * @param verb the verb that made the change: {@code set}, {@code add}, ..., {@code run}; or {@link
 *     #MISSED}
 * @param path the path of the verb, or the base key of the run; empty if anything may have changed
 */
public record StoreChange(String verb, List<String> path) {
  /** The verb of an event that stands for changes that may have been missed: a lost connection. */
  public static final String MISSED = "missed";

  public StoreChange {
    Objects.requireNonNull(verb, "verb");
    path = List.copyOf(path);
  }
}
