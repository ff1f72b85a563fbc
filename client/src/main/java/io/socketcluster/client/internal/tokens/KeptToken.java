// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthEngine;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.client.MemoryAuthEngine;
import io.socketcluster.client.internal.events.ClientEvents;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The token as the auth engine of the options keeps it between connections. Event loop only. */
public final class KeptToken {
  private final Supplier<AGClientOptions> options;
  private final TokenKeeper keeper;
  private final ClientEvents events;
  private final AuthEngine memory = new MemoryAuthEngine();

  /** Begins with what the engine has kept. */
  public KeptToken(Supplier<AGClientOptions> options, TokenKeeper keeper, ClientEvents events) {
    this.options = options;
    this.keeper = keeper;
    this.events = events;
  }

  /** Loads the token; null when there is none or it cannot be loaded. */
  public CompletableFuture<@Nullable String> load() {
    return keeper.load(engine(), name()).exceptionally(this::report);
  }

  void save(String token) {
    keeper.save(engine(), name(), token).exceptionally(this::report);
  }

  /** Removes the token, tells of it, and fails when that was not possible. */
  CompletableFuture<Void> remove() {
    CompletableFuture<Void> removed = new CompletableFuture<>();
    keeper
        .remove(engine(), name())
        .whenComplete(
            (token, failure) -> {
              if (failure == null) {
                events.emit(
                    AGClientSocket.REMOVE_AUTH_TOKEN, new ClientEvent.RemoveAuthToken(token));
                removed.complete(null);
              } else {
                report(failure);
                removed.completeExceptionally(failure);
              }
            });
    return removed;
  }

  private @Nullable String report(Throwable failure) {
    events.failed("The auth engine of the client failed", failure);
    return null;
  }

  private AuthEngine engine() {
    AuthEngine given = options.get().authEngine();
    return given == null ? memory : given;
  }

  private String name() {
    return options.get().authTokenName();
  }
}
