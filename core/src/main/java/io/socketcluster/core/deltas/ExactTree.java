// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.EncodedValue;
import io.socketcluster.protocol.Payload;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trees in which a decimal is as exact as it was published, with its trailing zeros. {@link
 * Payload#node} makes doubles, and keeps the tree as long as the payload.
 */
public final class ExactTree {
  private static final DataMapper MAPPER =
      DataMapper.of(
          JsonMapper.builder()
              .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
              .build());

  private static final JavaType ANY = MAPPER.type(JsonNode.class);

  private ExactTree() {}

  /**
   * Returns a tree of the caller's own, which the payload does not keep.
   *
   * @throws RuntimeException if Jackson refuses the value, a very long number for instance
   */
  public static JsonNode of(Payload data) {
    JsonNode tree = MAPPER.read(twin(data), ANY);
    return Objects.requireNonNull(tree, "tree");
  }

  /** Returns the same value for a short time: what is derived from it is not kept by the other. */
  public static Payload twin(Payload data) {
    EncodedValue encoded = data.encoded();
    return encoded == null ? data : Payload.ofEncoded(encoded);
  }
}
