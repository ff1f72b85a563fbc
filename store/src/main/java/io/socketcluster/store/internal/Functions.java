// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.store.StoreFunction;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The functions of a process, by name. */
final class Functions {
  private final ConcurrentMap<String, StoreFunction> named = new ConcurrentHashMap<>();

  void register(String name, StoreFunction function) {
    Objects.requireNonNull(function, "function");
    if (named.putIfAbsent(Objects.requireNonNull(name, "name"), function) != null) {
      throw new InvalidActionError("The function " + name + " is registered already");
    }
  }

  StoreFunction named(String name) {
    StoreFunction function = named.get(Objects.requireNonNull(name, "name"));
    if (function == null) {
      throw new InvalidActionError("No function is registered under the name " + name);
    }
    return function;
  }
}
