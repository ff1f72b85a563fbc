// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands whose answers are waited for. */
record Answers(RedisAsyncCommands<byte[], byte[]> commands, Duration limit) {
  <T> T await(RedisFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
