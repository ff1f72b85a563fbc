// SPDX-License-Identifier: MIT
package io.socketcluster.store;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * JSON values in a tree, with the verbs of SocketCluster's nData. Every method is thread-safe, and
 * none blocks.
 *
 * <p>A path is a list of keys: {@code List.of("rooms", "lobby")}. A key of an object is the name of
 * a member; a key of an array is an index. A text is a path of one key, whatever its characters
 * are: {@code "a.b"} is not {@code List.of("a", "b")}. A path through missing values is created.
 *
 * <p>Each verb is atomic, but {@link #getAll} and {@link #removeAll} of a whole store: those read
 * and remove key by key. Values are any that Jackson writes; they are copied, and so are results.
 *
 * <p>A future fails with an {@link InvalidArgumentsError} if the path is empty or the value has no
 * JSON form, a {@link ResourceLimitError} if a limit of {@link StoreOptions} would be exceeded, an
 * {@link InvalidActionError} if the value at the path does not have the form that the verb needs, a
 * {@link TimeoutError} after {@link StoreOptions#timeout}, and a {@link StoreError} if the store
 * cannot be reached. Nothing has changed then, except that the outcome is unknown after a {@code
 * TimeoutError} or a {@code StoreError}.
 */
public interface StoreValues {
  /** Returns a copy of the value; a {@link MissingNode} if there is none. */
  CompletableFuture<JsonNode> get(List<String> path);

  /** Does {@link #get(List)} with a path of one key. */
  default CompletableFuture<JsonNode> get(String key) {
    return get(List.of(key));
  }

  /**
   * Returns the value bound to a type; null if there is none. The future fails with an {@link
   * InvalidArgumentsError} if the value does not have the form of the type.
   */
  <T> CompletableFuture<@Nullable T> get(List<String> path, Class<T> type);

  /** Does {@link #get(List, Class)} with a path of one key. */
  default <T> CompletableFuture<@Nullable T> get(String key, Class<T> type) {
    return get(List.of(key), type);
  }

  /** Sets the value, in place of any value there. An expiry of the first key stays. */
  CompletableFuture<Void> set(List<String> path, @Nullable Object value);

  /** Does {@link #set(List, Object)} with a path of one key. */
  default CompletableFuture<Void> set(String key, @Nullable Object value) {
    return set(List.of(key), value);
  }

  /**
   * Appends a value. A missing value becomes an array of one element; a value that is neither array
   * nor object becomes an array of itself and the new element; an object gets a member with the
   * next integer as its name.
   *
   * @return the index of the new element
   */
  CompletableFuture<Integer> add(List<String> path, @Nullable Object value);

  /** Does {@link #add(List, Object)} with a path of one key. */
  default CompletableFuture<Integer> add(String key, @Nullable Object value) {
    return add(List.of(key), value);
  }

  /**
   * Appends the elements of an array, or sets the members of an object. Any other value is appended
   * as {@link #add(List, Object)} does it.
   */
  CompletableFuture<Void> concat(List<String> path, @Nullable Object values);

  /** Does {@link #concat(List, Object)} with a path of one key. */
  default CompletableFuture<Void> concat(String key, @Nullable Object values) {
    return concat(List.of(key), values);
  }

  /**
   * Removes a value. The elements of an array behind it move up. An expiry ends with its key.
   *
   * @return the value that was removed; a {@link MissingNode} if there was none
   */
  CompletableFuture<JsonNode> remove(List<String> path);

  /** Does {@link #remove(List)} with a path of one key. */
  default CompletableFuture<JsonNode> remove(String key) {
    return remove(List.of(key));
  }

  /**
   * Counts the elements of an array or the members of an object; 1 for any other value, 0 for null
   * and for no value.
   */
  CompletableFuture<Integer> count(List<String> path);

  /** Does {@link #count(List)} with a path of one key. */
  default CompletableFuture<Integer> count(String key) {
    return count(List.of(key));
  }

  /** Returns the elements of an array from an index on. */
  default CompletableFuture<JsonNode> getRange(List<String> path, int from) {
    return getRange(path, from, Integer.MAX_VALUE);
  }

  /** Does {@link #getRange(List, int)} with a path of one key. */
  default CompletableFuture<JsonNode> getRange(String key, int from) {
    return getRange(List.of(key), from);
  }

  /**
   * Returns the elements of an array from an index on, up to and without another. The result is an
   * array, which is empty if there is no value. The future fails with an {@link InvalidActionError}
   * if the value is no array, and with an {@link InvalidArgumentsError} if {@code from} is
   * negative.
   */
  CompletableFuture<JsonNode> getRange(List<String> path, int from, int to);

  /** Does {@link #getRange(List, int, int)} with a path of one key. */
  default CompletableFuture<JsonNode> getRange(String key, int from, int to) {
    return getRange(List.of(key), from, to);
  }

  /**
   * Removes elements of an array and inserts others in their place, as JavaScript's {@code splice}.
   * A missing value counts as an empty array.
   *
   * @param index where to begin; a negative index counts from the end
   * @param count the number of elements to remove, 0 or more
   * @param items the elements to insert
   * @return an array of the removed elements
   */
  CompletableFuture<JsonNode> splice(List<String> path, int index, int count, List<?> items);

  /** Does {@link #splice(List, int, int, List)} with a path of one key. */
  default CompletableFuture<JsonNode> splice(String key, int index, int count, List<?> items) {
    return splice(List.of(key), index, count, items);
  }

  /** Removes and returns the last element of an array; a {@link MissingNode} if there is none. */
  CompletableFuture<JsonNode> pop(List<String> path);

  /** Does {@link #pop(List)} with a path of one key. */
  default CompletableFuture<JsonNode> pop(String key) {
    return pop(List.of(key));
  }

  /** Returns whether there is a value, which may be null. */
  CompletableFuture<Boolean> hasKey(List<String> path);

  /** Does {@link #hasKey(List)} with a path of one key. */
  default CompletableFuture<Boolean> hasKey(String key) {
    return hasKey(List.of(key));
  }

  /** Returns a copy of everything: an object with a member for each key. */
  CompletableFuture<JsonNode> getAll();

  /** Removes everything. */
  CompletableFuture<Void> removeAll();

  /**
   * Runs a function that was {@linkplain Store#register registered} in this process under this
   * name. What it does to the values below a path is one atomic change.
   *
   * @param baseKey the path that is the root of the function's tree
   * @param data handed to the function
   * @return what the function has returned; a {@link MissingNode} for null. If the function throws
   *     an exception, the future fails with it, and nothing changes
   */
  CompletableFuture<JsonNode> run(String function, List<String> baseKey, @Nullable Object data);

  /** Does {@link #run(String, List, Object)} with a path of one key. */
  default CompletableFuture<JsonNode> run(String function, String baseKey, @Nullable Object data) {
    return run(function, List.of(baseKey), data);
  }

  /** Returns the values below a path: all paths of the result begin there. */
  StoreValues at(List<String> baseKey);

  /** Does {@link #at(List)} with a path of one key. */
  default StoreValues at(String baseKey) {
    return at(List.of(baseKey));
  }
}
