// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

/** The procedures and the event of a shared store, by their names on the wire. */
final class StoreCall {
  /** Takes an array of keys; answers with the values of the first of them, null for none. */
  static final String READ = "store/read";

  /**
   * Takes {@code key}, the {@code stamp} that was read, and {@code value}, {@code expiry} in
   * milliseconds and {@code change}; without a value the key is removed. Answers whether the stamp
   * was still the same.
   */
  static final String REPLACE = "store/replace";

  /** Takes {@code key} and {@code after} in milliseconds; answers whether there is a value. */
  static final String EXPIRE = "store/expire";

  /** Takes a key; answers with the milliseconds since 1970 at its expiry, or nothing. */
  static final String EXPIRY = "store/expiry";

  /** Answers with all keys. */
  static final String KEYS = "store/keys";

  static final String REMOVE_ALL = "store/removeAll";

  /** Asks to be told of changes: {@link #CHANGE} has the verb, and the keys of the path. */
  static final String FOLLOW = "store/follow";

  static final String CHANGE = "store/change";

  private StoreCall() {}
}
