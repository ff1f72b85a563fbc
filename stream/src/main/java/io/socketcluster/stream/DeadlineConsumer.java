// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A consumer whose wait can be bounded from outside: a view that skips items takes several of them
 * in the time of one {@link #next()}.
 */
interface DeadlineConsumer<T> extends StreamConsumer<T> {

  /** The timeout it was created with, null for none. */
  @Nullable Duration timeout();

  /** Takes the next item and waits for it, at most until the deadline. */
  StreamItem<T> next(@Nullable Deadline deadline) throws InterruptedException;

  @Override
  default StreamItem<T> next() throws InterruptedException {
    return next(Deadline.after(timeout()));
  }
}
