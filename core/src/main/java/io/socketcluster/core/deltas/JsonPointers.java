// SPDX-License-Identifier: MIT
package io.socketcluster.core.deltas;

import java.util.ArrayList;
import java.util.List;

/** Writes and reads JSON Pointers (RFC 6901). */
final class JsonPointers {
  private JsonPointers() {}

  /** Appends one step of a path. */
  static void append(StringBuilder path, String step) {
    path.append('/');
    for (int i = 0; i < step.length(); i++) {
      char next = step.charAt(i);
      switch (next) {
        case '~' -> path.append("~0");
        case '/' -> path.append("~1");
        default -> path.append(next);
      }
    }
  }

  /**
   * Returns the steps of a path.
   *
   * @throws IllegalArgumentException if it is the path of the whole value, or none
   */
  static List<String> steps(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path is " + path + "; allowed: a path with a step");
    }
    List<String> steps = new ArrayList<>();
    int from = 1;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      steps.add(path.substring(from, to).replace("~1", "/").replace("~0", "~"));
      from = to + 1;
    }
    return steps;
  }
}
