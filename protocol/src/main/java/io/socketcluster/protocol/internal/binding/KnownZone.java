// SPDX-License-Identifier: MIT
package io.socketcluster.protocol.internal.binding;

import java.util.TimeZone;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Reads a time zone, and refuses a name that Java takes for GMT because it knows no such zone. */
final class KnownZone extends DelegatingDeserializer {
  private static final String FALLBACK = "GMT";

  KnownZone(ValueDeserializer<?> target) {
    super(target);
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> newDelegatee) {
    return new KnownZone(newDelegatee);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) {
    String name = parser.getString();
    Object value = super.deserialize(parser, context);
    boolean isKnown =
        FALLBACK.equals(name)
            || !(value instanceof TimeZone zone)
            || !zone.getID().equals(FALLBACK);
    return isKnown ? value : context.handleWeirdStringValue(TimeZone.class, name, "No such zone");
  }
}
