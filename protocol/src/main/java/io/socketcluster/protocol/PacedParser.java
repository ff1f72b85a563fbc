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
  private int tokens;

  PacedParser(JsonParser target) {
    super(target);
  }

  @Override
  public @Nullable JsonToken nextToken() {
    DecodingTurns.decoded(tokens++);
    return super.nextToken();
  }

  @Override
  public @Nullable JsonToken nextValue() {
    DecodingTurns.decoded(tokens++);
    return super.nextValue();
  }

  @Override
  public @Nullable String nextName() {
    DecodingTurns.decoded(tokens++);
    return super.nextName();
  }

  @Override
  public boolean nextName(SerializableString name) {
    DecodingTurns.decoded(tokens++);
    return super.nextName(name);
  }

  @Override
  public int nextNameMatch(PropertyNameMatcher matcher) {
    DecodingTurns.decoded(tokens++);
    return super.nextNameMatch(matcher);
  }
}
