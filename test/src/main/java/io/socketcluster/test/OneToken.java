// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import io.socketcluster.client.AuthEngine;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Has a token from the beginning, as if the client had logged in before. */
final class OneToken implements AuthEngine {
  private final AtomicReference<@Nullable String> token;

  OneToken(String token) {
    this.token = new AtomicReference<>(token);
  }

  @Override
  public void saveToken(String name, String signedAuthToken) {
    token.set(signedAuthToken);
  }

  @Override
  public @Nullable String removeToken(String name) {
    return token.getAndSet(null);
  }

  @Override
  public @Nullable String loadToken(String name) {
    return token.get();
  }
}
