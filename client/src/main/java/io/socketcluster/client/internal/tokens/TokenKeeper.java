// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import io.socketcluster.client.AuthEngine;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.core.connection.ApplicationThreads;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks the engine that keeps the token, one question after the other, on virtual threads. Event
 * loop only; so are the continuations.
 */
public final class TokenKeeper {
  private final SocketLoop loop;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /** Begins without a question. */
  public TokenKeeper(SocketLoop loop) {
    this.loop = loop;
  }

  /** Something that an engine is asked. */
  @FunctionalInterface
  private interface Question {
    @Nullable String ask() throws IOException;
  }

  CompletableFuture<@Nullable String> save(AuthEngine engine, String name, String token) {
    return ask(
        () -> {
          engine.saveToken(name, token);
          return token;
        });
  }

  CompletableFuture<@Nullable String> remove(AuthEngine engine, String name) {
    return ask(() -> engine.removeToken(name));
  }

  CompletableFuture<@Nullable String> load(AuthEngine engine, String name) {
    return ask(() -> engine.loadToken(name));
  }

  private CompletableFuture<@Nullable String> ask(Question question) {
    CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
    last =
        last.handleAsync(
            (before, failure) -> answer(question, answer), ApplicationThreads.EXECUTOR);
    return answer;
  }

  private boolean answer(Question question, CompletableFuture<@Nullable String> answer) {
    try {
      String token = question.ask();
      loop.run(() -> answer.complete(token));
    } catch (Throwable e) { // of somebody else's making: an error must not leave the socket waiting
      loop.run(() -> answer.completeExceptionally(e));
    }
    return true;
  }
}
