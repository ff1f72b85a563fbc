// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The protocol once more, slow and plain, on Jackson's tree. It takes text, not bytes: Jackson is
 * laxer about UTF-8 than RFC 3629. Of equal keys the last one wins in its tree too.
 */
final class JacksonReference {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final BigInteger HIGHEST = BigInteger.TWO.pow(53);

  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u([dD][89a-fA-F][0-9a-fA-F]{2})|.)");

  private JacksonReference() {}

  static boolean isJson(String text) {
    return tree(text) != null;
  }

  /** The tree; null if the text is no JSON object or array. Jackson skips a BOM, JSON has none. */
  static @Nullable JsonNode tree(String text) {
    try {
      JsonNode tree = MAPPER.readTree(surrogatesAsChars(text));
      return tree.isContainer() && !text.startsWith("\uFEFF") ? tree : null;
    } catch (JacksonException noJson) {
      return null;
    }
  }

  /** Jackson refuses lone surrogate escapes in names, unlike JSON.parse: give it characters. */
  private static String surrogatesAsChars(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found -> {
              String hex = found.group(1);
              String said = hex == null ? found.group() : "" + (char) Integer.parseInt(hex, 16);
              return Matcher.quoteReplacement(said);
            });
  }

  static @Nullable Long integer(JsonNode node) {
    if (node.isIntegralNumber()) {
      BigInteger value = node.bigIntegerValue();
      return value.abs().compareTo(HIGHEST) <= 0 ? Long.valueOf(value.longValue()) : null;
    }
    if (!node.isNumber()) {
      return null;
    }
    double value = node.doubleValue();
    return value == Math.rint(value) && Math.abs(value) <= 0x1p53 ? (Long) (long) value : null;
  }
}
