// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.DataMapper;
import org.jspecify.annotations.Nullable;

/** A call whose data is bound to the type that its consumer wants. */
final class BoundRequest<T> implements AGRequest<T> {
  private final InboundCall call;
  private final T data;
  private final DataMapper mapper;

  BoundRequest(InboundCall call, T data, DataMapper mapper) {
    this.call = call;
    this.data = data;
    this.mapper = mapper;
  }

  @Override
  public T data() {
    return data;
  }

  @Override
  public String procedure() {
    return call.procedure();
  }

  @Override
  public long id() {
    return call.id();
  }

  @Override
  public @Nullable String traceparent() {
    return call.traceparent();
  }

  @Override
  public boolean isSent() {
    return call.isSent();
  }

  @Override
  public void end() {
    call.end(null);
  }

  @Override
  public void end(@Nullable Object result) {
    call.end(mapper.writeData(result));
  }

  @Override
  public void error(Throwable error) {
    call.error(error);
  }
}
