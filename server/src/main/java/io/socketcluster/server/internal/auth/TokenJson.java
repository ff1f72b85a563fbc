// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of tokens, which anybody may have written. */
final class TokenJson {
  /** More than any token has that fits into a header; a tree of so much takes a megabyte. */
  private static final int MOST_PARTS = 10_000;

  private static final int DEEPEST = 100;

  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxTokenCount(MOST_PARTS)
                      .maxNestingDepth(DEEPEST)
                      .build())
              // its table of names is shared, and strangers choose the names
              .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
              .build());

  private TokenJson() {}

  /**
   * Reads a part of a token.
   *
   * @throws tools.jackson.core.JacksonException if it is no JSON, or has too many parts or levels
   */
  static JsonNode read(byte[] json) {
    return MAPPER.readTree(json);
  }
}
