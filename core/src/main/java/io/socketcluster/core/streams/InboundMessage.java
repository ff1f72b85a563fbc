// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

import io.socketcluster.protocol.DataBinding;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transmitted event as received, before a consumer binds it to a type.
 *
 * @param data the data as sent, or null when there was none
 * @param onBindingFailure takes the error if the data does not have the form that a consumer wants
 * @param claim asked before a consumer is given the message; if false, the consumer is not given
 *     it. Null: for every consumer
 */
public record InboundMessage(
    @Nullable Payload data,
    Consumer<AGException> onBindingFailure,
    @Nullable BooleanSupplier claim) {
  /** Creates a message for every consumer. */
  public InboundMessage(@Nullable Payload data, Consumer<AGException> onBindingFailure) {
    this(data, onBindingFailure, null);
  }

  /** Binds the data, or reports why that is impossible and returns null. */
  <T> @Nullable T bind(DataBinding<T> binding) {
    if (claim != null && !claim.getAsBoolean()) {
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
