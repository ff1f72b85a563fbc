// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import org.jspecify.annotations.Nullable;

/** Something that waits for the next item of a cursor: a thread or an idle handler. */
abstract class Waiter {
  final Cursor<?> cursor;

  // Guarded by the lock of the StreamCore while in its list; of a chain that was taken out, by the
  // taker.
  @Nullable Waiter previous;
  @Nullable Waiter next;

  Waiter(Cursor<?> cursor) {
    this.cursor = cursor;
  }

  /** Called once for each time it was taken out of the list. Must not throw. */
  abstract void wake();

  /** Wakes a chain that was taken out. A woken waiter may be in a list again at once. */
  static void wakeAll(@Nullable Waiter chain) {
    Waiter waiter = chain;
    while (waiter != null) {
      Waiter following = waiter.next;
      waiter.next = null;
      waiter.previous = null;
      waiter.wake();
      waiter = following;
    }
  }
}
