// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import io.micrometer.observation.Observation;
import io.socketcluster.core.AGRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request whose observation stops with its answer. Thread-safe. */
final class ObservedRequest<T> implements AGRequest<T> {
  private final AGRequest<T> request;
  private final Observation observation;
  private final AtomicBoolean stopped = new AtomicBoolean();

  ObservedRequest(AGRequest<T> request, Observation observation) {
    this.request = request;
    this.observation = observation;
  }

  /** The handler has thrown an exception, which is the answer unless there was another. */
  void failed(Throwable error) {
    stop(error);
  }

  private void stop(@Nullable Throwable error) {
    if (stopped.compareAndSet(false, true)) {
      if (error != null) {
        observation.error(error);
      }
      observation.stop();
    }
  }

  @Override
  public void end() {
    request.end();
    stop(null);
  }

  @Override
  public void end(@Nullable Object result) {
    request.end(result);
    stop(null);
  }

  @Override
  public void error(Throwable error) {
    request.error(error);
    stop(error);
  }

  @Override
  public T data() {
    return request.data();
  }

  @Override
  public String procedure() {
    return request.procedure();
  }

  @Override
  public long id() {
    return request.id();
  }

  @Override
  public boolean isSent() {
    return request.isSent();
  }

  @Override
  public @Nullable String traceparent() {
    return request.traceparent();
  }
}
