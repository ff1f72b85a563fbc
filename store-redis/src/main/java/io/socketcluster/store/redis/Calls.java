// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.socketcluster.store.StoreError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Calls of Redis on the connection of the moment, with failures that name the reason. */
final class Calls {
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  /** What a server answers that is no master, or not yet. */
  private static final Pattern NO_MASTER =
      Pattern.compile("(READONLY|LOADING|MASTERDOWN|CLUSTERDOWN)\\b.*");

  private final RedisLink link;

  Calls(RedisLink link) {
    this.link = link;
  }

  /** Work with several commands, which waits for their answers. */
  interface Work<T> {
    T run(Answers answers) throws Exception;
  }

  /** Sends commands, and does not wait for them. What follows runs on a virtual thread. */
  <T> CompletableFuture<T> send(
      Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> call) {
    return link.connection()
        .thenCompose(
            connection ->
                call.apply(connection.commands())
                    .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(named(connection, failure))))
        .thenApplyAsync(answer -> answer, VIRTUAL);
  }

  /** Does work on a virtual thread. */
  <T> CompletableFuture<T> work(Work<T> work) {
    return link.connection()
        .thenApplyAsync(
            connection -> {
              try {
                return work.run(new Answers(connection.commands(), link.timeout()));
              } catch (Exception e) {
                throw new CompletionException(named(connection, e));
              }
            },
            VIRTUAL);
  }

  private static Throwable named(RedisConnection connection, Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof RedisException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!(cause instanceof RedisException)) {
      return failure;
    }
    String message = String.valueOf(cause.getMessage());
    if (NO_MASTER.matcher(message).matches()) {
      connection.giveUp();
    }
    String what =
        cause instanceof RedisCommandExecutionException
            ? "Redis refuses the command: "
            : "Redis did not answer the command: ";
    return new StoreError(what + message, cause);
  }
}
