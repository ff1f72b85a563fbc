// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamHandler;

/** Adds something to each call of a procedure, such as an observation. */
@FunctionalInterface
public interface CallDecorator {
  /** Returns a handler that passes each call to {@code handler}. */
  StreamHandler<AGRequest<Payload>> decorate(StreamHandler<AGRequest<Payload>> handler);
}
