// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The values that a {@link StoreFunction} works on. The verbs are those of {@link StoreValues}; the
 * empty path is the root of the tree. Not thread-safe.
 *
 * <p>A method throws an {@link InvalidArgumentsError} or an {@link InvalidActionError} where the
 * future of {@link StoreValues} fails with it.
 */
public interface StoreTree {
  /** Does what {@link StoreValues#get(List)} does. */
  JsonNode get(List<String> path);

  /** Does what {@link StoreValues#set(List, Object)} does. */
  void set(List<String> path, @Nullable Object value);

  /** Does what {@link StoreValues#add(List, Object)} does. */
  int add(List<String> path, @Nullable Object value);

  /** Does what {@link StoreValues#concat(List, Object)} does. */
  void concat(List<String> path, @Nullable Object values);

  /** Does what {@link StoreValues#remove(List)} does. */
  JsonNode remove(List<String> path);

  /** Does what {@link StoreValues#count(List)} does. */
  int count(List<String> path);

  /** Does what {@link StoreValues#getRange(List, int, int)} does. */
  JsonNode getRange(List<String> path, int from, int to);

  /** Does what {@link StoreValues#splice(List, int, int, List)} does. */
  JsonNode splice(List<String> path, int index, int count, List<?> items);

  /** Does what {@link StoreValues#pop(List)} does. */
  JsonNode pop(List<String> path);

  /** Does what {@link StoreValues#hasKey(List)} does. */
  boolean hasKey(List<String> path);

  /**
   * Removes the first key of the tree after a time, as {@link Store#expire} does it; it takes
   * effect together with the other changes.
   */
  void expire(Duration after);
}
