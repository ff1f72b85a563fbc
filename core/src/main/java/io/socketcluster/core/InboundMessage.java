// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.DataBinding;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transmitted event as it came, before a consumer says which type it wants.
 *
 * @param data the data as sent, or null when there was none
 * @param onBindingFailure where data of another shape than a consumer expects is reported
 * @param origin the call that this is unless a procedure takes it, or null
 */
public record InboundMessage(
    @Nullable Payload data, Consumer<AGException> onBindingFailure, @Nullable InboundCall origin) {
  /** Creates a message that was never a call. */
  public InboundMessage(@Nullable Payload data, Consumer<AGException> onBindingFailure) {
    this(data, onBindingFailure, null);
  }

  /** Binds the data, or reports why that is impossible and returns null. */
  <T> @Nullable T bind(DataBinding<T> binding) {
    if (origin != null && !origin.becomeMessage()) {
      return null;
    }
    try {
      return binding.bind(data);
    } catch (AGException e) {
      onBindingFailure.accept(e);
      return null;
    }
  }
}
