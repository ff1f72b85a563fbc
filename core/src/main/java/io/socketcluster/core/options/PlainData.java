// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells data that can be written from what contains itself, is too deep or has no end. */
final class PlainData {
  /** Options have three levels at most. */
  private static final int MAX_DEPTH = 16;

  private PlainData() {}

  static boolean isPlain(@Nullable Object value) {
    return isPlain(value, MAX_DEPTH);
  }

  private static boolean isPlain(@Nullable Object value, int depth) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map -> depth > 0 && arePlain(map.values().stream(), depth - 1);
      case Collection<?> list -> depth > 0 && arePlain(list.stream(), depth - 1);
      case Object[] array -> depth > 0 && arePlain(Stream.of(array), depth - 1);
      case JsonNode tree -> depth > 0 && arePlain(tree.valueStream(), depth - 1);
      case Path path -> true; // of its names, which are paths
      case Iterable<?> endless -> false;
      case Iterator<?> endless -> false;
      case BaseStream<?, ?> endless -> false;
      default -> true;
    };
  }

  private static boolean arePlain(Stream<?> values, int depth) {
    return values.allMatch(value -> isPlain(value, depth));
  }
}
