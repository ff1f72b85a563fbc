// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import org.jspecify.annotations.Nullable;

/**
 * A request that the other end made to a procedure. It takes exactly one answer. Thread-safe: any
 * thread may answer, immediately or later.
 *
 * @param <T> the type that the data is bound to
 */
public interface AGRequest<T> {
  /**
   * Returns the data of the request; a {@code MissingNode} if JSON was requested and there is no
   * data.
   */
  T data();

  /** Returns the name of the procedure. */
  String procedure();

  /** Returns the call id, which the other end counts from 1 on every connection. */
  long id();

  /**
   * Returns the trace that the other end made this request in: a {@code traceparent} of W3C Trace
   * Context, at most 128 characters, as the other end sent it; null if it sent none. It is not
   * checked.
   */
  default @Nullable String traceparent() {
    return null;
  }

  /** Returns whether an answer has been given. */
  boolean isSent();

  /**
   * Answers that the request succeeded, without data.
   *
   * @throws InvalidActionError if the request was already answered
   */
  void end();

  /**
   * Answers that the request succeeded.
   *
   * @param result any value that Jackson can write; null and a {@code MissingNode} send no data
   * @throws InvalidActionError if the request was already answered
   * @throws InvalidArgumentsError if {@code result} cannot be written as JSON
   */
  void end(@Nullable Object result);

  /**
   * Answers that the request failed. The other end receives the name and the message, and the
   * properties of an {@code AGException}, but never a stack trace.
   *
   * @throws InvalidActionError if the request was already answered
   */
  void error(Throwable error);
}
