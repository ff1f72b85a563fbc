// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import org.jspecify.annotations.Nullable;

/**
 * A request that the other side made of a procedure; it waits for exactly one answer. Thread-safe:
 * any thread may answer, now or later.
 *
 * @param <T> the type that the data was bound to
 */
public final class AGRequest<T> {
  private final InboundCall call;
  private final T data;
  private final DataMapper mapper;

  AGRequest(InboundCall call, T data, DataMapper mapper) {
    this.call = call;
    this.data = data;
    this.mapper = mapper;
  }

  /**
   * Returns the data of the request; a {@code MissingNode} where JSON was asked for and none came.
   */
  public T data() {
    return data;
  }

  /** Returns the name of the procedure. */
  public String procedure() {
    return call.procedure();
  }

  /** Returns the call id, counted by the other side from 1 on every connection. */
  public long id() {
    return call.id();
  }

  /** Returns whether an answer has been given. */
  public boolean isSent() {
    return call.isSent();
  }

  /**
   * Answers that the request succeeded, without data.
   *
   * @throws InvalidActionError when an answer has been given before
   */
  public void end() {
    call.end(null);
  }

  /**
   * Answers that the request succeeded.
   *
   * @param result anything that Jackson can write; null and a {@code MissingNode} send no data
   * @throws InvalidActionError when an answer has been given before
   * @throws InvalidArgumentsError when {@code result} cannot be written as JSON
   */
  public void end(@Nullable Object result) {
    call.end(mapper.writeData(result));
  }

  /**
   * Answers that the request failed. The other side receives the name, the message and, of an
   * {@code AGException}, the properties; never a stack trace.
   *
   * @throws InvalidActionError when an answer has been given before
   */
  public void error(Throwable error) {
    call.error(error);
  }

  InboundCall call() {
    return call;
  }
}
