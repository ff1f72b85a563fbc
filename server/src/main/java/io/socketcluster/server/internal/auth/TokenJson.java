// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of tokens that are not verified yet. */
final class TokenJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // its table of names is shared, and strangers choose the names
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .build())
          .build();

  private TokenJson() {}

  /**
   * Reads a value.
   *
   * @throws tools.jackson.core.JacksonException when it is no JSON
   */
  static JsonNode read(byte[] json) {
    return MAPPER.readTree(json);
  }
}
