// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * The JSON of the wire: what the scanner lets through it reads, so its own limits are not lower
 * than any {@link JsonLimits}.
 */
final class WireJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonLimits.HIGHEST_DEPTH)
                  .maxNumberLength(JsonLimits.HIGHEST_NUMBER_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(JsonLimits.HIGHEST_DEPTH).build())
          // its table of names is shared, and strangers choose the names
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .build();

  private WireJson() {}

  /** Jackson refuses lone surrogates in names, but only as escapes: it is given none. */
  static JsonParser parser(ObjectReadContext context, Payload payload) {
    JsonParser parser =
        FACTORY.createParser(context, JsonStrings.unescapeSurrogates(payload.toString()));
    return DecodingTurns.isLong(payload.decodedBytes()) ? new PacedParser(parser) : parser;
  }

  static WireGenerator generator(ObjectWriteContext context, JsonBuffer buffer) {
    return new WireGenerator(FACTORY.createGenerator(context, new BufferWriter(buffer)));
  }

  /**
   * Checks what a serializer wrote past the generator.
   *
   * @throws RuntimeException if it is no JSON value
   */
  static void requireJson(byte[] written) {
    JsonScanner json = new JsonScanner(written, written.length, JsonLimits.WIDEST);
    if (json.skipWhitespace(json.skipValue(json.skipWhitespace(0))) != written.length) {
      throw new NotJsonException();
    }
  }
}
