// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonParserDelegate;

/** Parses a long value and lets others run between its parts. */
final class PacedParser extends JsonParserDelegate {
  private final DecodingSlices slices = new DecodingSlices();

  PacedParser(JsonParser target) {
    super(target);
  }

  @Override
  public @Nullable JsonToken nextToken() {
    slices.decoded();
    return super.nextToken();
  }

  @Override
  public @Nullable JsonToken nextValue() {
    slices.decoded();
    return super.nextValue();
  }

  @Override
  public @Nullable String nextName() {
    slices.decoded();
    return super.nextName();
  }

  @Override
  public boolean nextName(SerializableString name) {
    slices.decoded();
    return super.nextName(name);
  }

  @Override
  public int nextNameMatch(PropertyNameMatcher matcher) {
    slices.decoded();
    return super.nextNameMatch(matcher);
  }
}
