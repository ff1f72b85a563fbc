// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Reads a primitive that has to be there: an absent one is no {@code false}. */
final class PresentPrimitive extends DelegatingDeserializer {
  PresentPrimitive(ValueDeserializer<?> target) {
    super(target);
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> newDelegatee) {
    return new PresentPrimitive(newDelegatee);
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) {
    return getNullValue(context);
  }
}
