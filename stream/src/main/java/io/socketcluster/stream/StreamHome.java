// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What streams of one origin share: the numbering of consumers and the error handler. */
class StreamHome<T> {
  private static final VarHandle LAST_ID;

  static {
    try {
      LAST_ID = MethodHandles.lookup().findVarHandle(StreamHome.class, "lastId", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable ConsumptionErrorHandler errorHandler;

  // Only ever counted up; nothing else is published through it.
  @SuppressWarnings("unused")
  private long lastId;

  StreamHome(@Nullable ConsumptionErrorHandler errorHandler) {
    this.errorHandler = errorHandler;
  }

  final long nextConsumerId() {
    return (long) LAST_ID.getAndAddAcquire(this, 1L) + 1;
  }

  /** Whether a stream without consumers is of no use and may be retired. */
  boolean dropsUnused() {
    return false;
  }

  /** Whether what is kept stays for those who come later when a consumer has taken it and left. */
  boolean replays() {
    return false;
  }

  /** Called without a lock after a stream was retired. */
  void retired(StreamCore<T> core) {}

  final void report(@Nullable String name, T item, Throwable error) {
    try {
      if (errorHandler != null) {
        errorHandler.handle(name, item, error);
      } else {
        uncaught(error);
      }
    } catch (Throwable e) {
      uncaught(e);
    }
  }

  /** An executor took no task; never throws, for the writer has others to wake. */
  final void executorFailed(@Nullable String name, Throwable error) {
    try {
      if (errorHandler != null) {
        errorHandler.executorFailed(name, error);
      } else {
        uncaughtUnlessRejected(error);
      }
    } catch (Throwable e) {
      uncaught(e);
    }
  }

  static void uncaughtUnlessRejected(Throwable error) {
    if (!(error instanceof RejectedExecutionException)) {
      uncaught(error);
    }
  }

  /** Never throws: others wait to be woken. What the handler throws is ignored, as by the JVM. */
  static void uncaught(Throwable error) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
    } catch (Throwable ignored) {
      // There is nobody left to tell.
    }
  }
}
