// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A function that changes values of a store as one atomic change: see {@link Store#register}. */
@FunctionalInterface
public interface StoreFunction {
  /**
   * Reads and changes values. When another change comes first, the changes are dropped, and the
   * function is called again: it must have no effect but on {@code values}, must not block, and
   * must not use the store. It may be called on any thread.
   *
   * @param values the values below the base key of the run; not usable after the call
   * @param data the data of the run
   * @return the result of the run: any value that Jackson writes; null for none
   */
  @Nullable Object apply(StoreTree values, JsonNode data);
}
