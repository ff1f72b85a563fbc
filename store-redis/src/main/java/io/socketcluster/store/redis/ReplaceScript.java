// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Replaces a value whose stamp has not changed, and tells of it. The script handles values as texts
 * only: Lua would change their numbers and their empty arrays.
 */
final class ReplaceScript {
  private static final byte[] SCRIPT =
      """
      local stamp = redis.call('HGET', KEYS[1], 's') or ''
      if stamp ~= ARGV[1] then return 0 end
      if ARGV[3] == '' then
        redis.call('DEL', KEYS[1])
      else
        redis.call('HSET', KEYS[1], 's', ARGV[2], 'v', ARGV[3])
        if ARGV[4] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
      end
      redis.call('PUBLISH', ARGV[5], ARGV[6])
      return 1
      """
          .getBytes(UTF_8);

  private static final String DIGEST = Base16.digest(SCRIPT);

  private ReplaceScript() {}

  /**
   * Runs the script.
   *
   * @param keys the name of the value
   * @param arguments the stamp that was read, the next stamp, the value or nothing to remove it,
   *     the milliseconds to its expiry or nothing, the channel and the message
   */
  static CompletionStage<Boolean> run(
      RedisAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[]... arguments) {
    return commands
        .<Long>evalsha(DIGEST, ScriptOutputType.INTEGER, keys, arguments)
        .thenApply(replaced -> replaced > 0)
        .exceptionallyCompose(failure -> unknown(failure, commands, keys, arguments));
  }

  /** A server that has been restarted does not know the script. */
  private static CompletionStage<Boolean> unknown(
      Throwable failure,
      RedisAsyncCommands<byte[], byte[]> commands,
      byte[][] keys,
      byte[][] arguments) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RedisNoScriptException
        ? commands
            .<Long>eval(SCRIPT, ScriptOutputType.INTEGER, keys, arguments)
            .thenApply(replaced -> replaced > 0)
        : CompletableFuture.failedFuture(failure);
  }
}
