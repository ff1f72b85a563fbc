// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stores tokens in memory while the JVM runs. Thread-safe. */
public final class MemoryAuthEngine implements AuthEngine {
  private final Map<String, String> tokens = new ConcurrentHashMap<>(1);

  /** Creates an empty store. */
  public MemoryAuthEngine() {}

  @Override
  public void saveToken(String name, String signedAuthToken) {
    tokens.put(name, signedAuthToken);
  }

  @Override
  public @Nullable String removeToken(String name) {
    return tokens.remove(name);
  }

  @Override
  public @Nullable String loadToken(String name) {
    return tokens.get(name);
  }
}
