// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;

/** Where in a value something is wrong, in words that tell nothing of the Java behind it. */
final class JsonPlace {
  private static final int LONGEST_PATH = 100;
  private static final List<Reference> NOWHERE = List.of();

  private JsonPlace() {}

  /** Returns {@code " at a[1].b"}, or an empty string if the exception does not know. */
  static String of(RuntimeException e) {
    StringBuilder path = new StringBuilder();
    for (Reference step : e instanceof JacksonException known ? known.getPath() : NOWHERE) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
      if (path.length() > LONGEST_PATH) {
        path.setLength(LONGEST_PATH);
        break;
      }
    }
    return path.isEmpty() ? "" : " at " + path;
  }
}
