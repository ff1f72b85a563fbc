// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A call of the application's code on an event loop, one at a time for each loop. Tasks that the
 * code submits to its own loop meanwhile run after the call, so nothing changes under the loop's
 * feet, and their order is that of a call on another thread. {@link InlineCallWatch} sees calls
 * that take too long.
 */
public final class InlineCall {
  /** The code that is called. */
  public interface Subject {
    /** The call has occupied its event loop for too long. Any thread. */
    void blocksLoop(long millis, StackTraceElement[] stack);
  }

  private static final VarHandle SUBJECT = subjectHandle();

  private static final FastThreadLocal<InlineCall> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected InlineCall initialValue() {
          InlineCall call = new InlineCall();
          InlineCallWatch.start(Thread.currentThread(), call);
          return call;
        }
      };

  private @Nullable Subject subject; // written by its thread; the watch reads it, opaque
  private boolean hasSubmitted;

  private static VarHandle subjectHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(InlineCall.class, "subject", Subject.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Begins a call on this thread, an event loop; the caller ends it, whatever happens. */
  public static InlineCall begin(Subject subject) {
    InlineCall call = OF_THREAD.get();
    assert call.subject == null : "a call is in progress on this event loop";
    call.hasSubmitted = false;
    SUBJECT.setOpaque(call, subject);
    return call;
  }

  /** Ends the call. */
  public void end() {
    SUBJECT.setOpaque(this, null);
  }

  /**
   * Returns whether this thread is in the call of the subject, and nothing was submitted before
   * what is done now.
   */
  @SuppressWarnings("ReferenceEquality") // one call
  public static boolean isFirstOf(Subject subject) {
    InlineCall call = OF_THREAD.getIfExists();
    return call != null && call.subject == subject && !call.hasSubmitted;
  }

  /** Returns whether a task of this thread, an event loop, has to wait until a call is over. */
  static boolean defersTasks() {
    InlineCall call = OF_THREAD.getIfExists();
    if (call == null || call.subject == null) {
      return false;
    }
    call.hasSubmitted = true;
    return true;
  }

  /**
   * Refuses to wait for an event loop, or for a client, on the event loop itself.
   *
   * @throws IllegalStateException in a call
   */
  public static void refuseToWait() {
    InlineCall call = OF_THREAD.getIfExists();
    if (call != null && call.subject != null) {
      throw new IllegalStateException(
          "A non-blocking middleware runs on the event loop and cannot wait for it: call this"
              + " method on another thread");
    }
  }

  /** Returns what is called at this moment, or null. Any thread. */
  @Nullable Subject current() {
    return (Subject) SUBJECT.getOpaque(this);
  }
}
