// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.HttpAnswer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers to requests with an idempotency key: a request that is sent again gets the answer of
 * the first one, and does nothing. Thread-safe.
 */
final class RepeatedRequests {
  /** Begins to carry out a request. */
  @FunctionalInterface
  interface Call {
    CompletableFuture<HttpAnswer> begin() throws ApiError;
  }

  private static final int LONGEST_KEY = 255;
  private static final long KEPT_NANOS = TimeUnit.HOURS.toNanos(24);

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Recent<Entry> entries;

  /** A request, and its answer once that is known. */
  private static final class Entry {
    private final byte[] fingerprint;
    private final long at;
    private @Nullable HttpAnswer answer;

    private Entry(byte[] fingerprint, long at) {
      this.fingerprint = fingerprint;
      this.at = at;
    }
  }

  RepeatedRequests(int most, LongSupplier clock) {
    this.entries = new Recent<>(most);
    this.clock = clock;
  }

  /**
   * Returns the answer of the first request with this key, or the answer of the call, which is kept
   * whether or not anybody waits for it: a caller that hangs up or loses patience sends its request
   * again.
   *
   * @param fingerprint of what is asked
   */
  CompletableFuture<HttpAnswer> answer(Caller caller, String key, byte[] fingerprint, Call call)
      throws ApiError {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw ApiError.invalid("Idempotency-Key has 1 to " + LONGEST_KEY + " characters");
    }
    String id = caller.name() + '\n' + key;
    Entry begun = new Entry(fingerprint, clock.getAsLong());
    HttpAnswer earlier = earlierOrBegin(id, begun);
    if (earlier != null) {
      return CompletableFuture.completedFuture(earlier.withHeader("idempotency-replayed", "true"));
    }
    try {
      return call.begin().whenComplete((answer, failure) -> end(id, begun, answer));
    } catch (ApiError | RuntimeException e) {
      end(id, begun, null);
      throw e;
    }
  }

  private @Nullable HttpAnswer earlierOrBegin(String id, Entry begun) throws ApiError {
    lock.lock();
    try {
      Entry entry = entries.get(id);
      if (entry == null || begun.at - entry.at > KEPT_NANOS) {
        entries.remove(id);
        entries.put(id, begun);
        return null;
      }
      if (!Arrays.equals(entry.fingerprint, begun.fingerprint)) {
        throw new ApiError(
            422, "IdempotencyError", "Another request has used this Idempotency-Key");
      }
      if (entry.answer == null) {
        throw new ApiError(409, "IdempotencyError", "The first request is still being answered");
      }
      return entry.answer;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps an answer; a request that failed may be tried again. */
  private void end(String id, Entry begun, @Nullable HttpAnswer answer) {
    lock.lock();
    try {
      if (entries.get(id) != begun) {
        return; // forgotten meanwhile, and perhaps begun again
      }
      if (answer == null) {
        entries.remove(id);
      } else {
        begun.answer = answer;
      }
    } finally {
      lock.unlock();
    }
  }
}
