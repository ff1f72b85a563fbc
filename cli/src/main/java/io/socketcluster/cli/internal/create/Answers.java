// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.create;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The answers of the user. */
final class Answers {
  private static final int LONGEST = 1000;

  private Answers() {}

  /** Returns the next line of the standard input without reading beyond it, or null at its end. */
  static @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int read = System.in.read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n' && line.length() < LONGEST) {
      line.append((char) read);
      read = System.in.read();
    }
    return line.toString();
  }
}
