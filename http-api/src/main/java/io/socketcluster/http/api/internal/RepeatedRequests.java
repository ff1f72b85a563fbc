// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.HttpAnswer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers to requests with an idempotency key: a request that is sent again gets the answer of
 * the first one, and does nothing. Thread-safe.
 */
final class RepeatedRequests {
  /** Carries out a request. */
  @FunctionalInterface
  interface Call {
    HttpAnswer answer() throws ApiError, InterruptedException;
  }

  private static final int LONGEST_KEY = 255;
  private static final long KEPT_NANOS = TimeUnit.HOURS.toNanos(24);

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Recent<Entry> entries;

  /** A request, and its answer once that is known. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  private record Entry(byte[] fingerprint, long at, @Nullable HttpAnswer answer) {}

  RepeatedRequests(int most, LongSupplier clock) {
    this.entries = new Recent<>(most);
    this.clock = clock;
  }

  /**
   * Returns the answer of the first request with this key, or the answer of the call.
   *
   * @param fingerprint of what is asked
   */
  HttpAnswer answer(Caller caller, String key, byte[] fingerprint, Call call)
      throws ApiError, InterruptedException {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw ApiError.invalid("Idempotency-Key has 1 to " + LONGEST_KEY + " characters");
    }
    String id = caller.name() + '\n' + key;
    HttpAnswer earlier = earlierOrBegin(id, fingerprint);
    if (earlier != null) {
      return earlier.withHeader("idempotency-replayed", "true");
    }
    HttpAnswer answer = null;
    try {
      answer = call.answer();
      return answer;
    } finally {
      end(id, fingerprint, answer);
    }
  }

  private @Nullable HttpAnswer earlierOrBegin(String id, byte[] fingerprint) throws ApiError {
    long now = clock.getAsLong();
    lock.lock();
    try {
      Entry entry = entries.get(id);
      if (entry == null || now - entry.at > KEPT_NANOS) {
        entries.remove(id);
        entries.put(id, new Entry(fingerprint, now, null));
        return null;
      }
      if (!Arrays.equals(entry.fingerprint, fingerprint)) {
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
  private void end(String id, byte[] fingerprint, @Nullable HttpAnswer answer) {
    lock.lock();
    try {
      if (answer == null) {
        entries.remove(id);
      } else {
        entries.replace(id, new Entry(fingerprint, clock.getAsLong(), answer));
      }
    } finally {
      lock.unlock();
    }
  }
}
