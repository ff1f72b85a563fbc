// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length; what is beyond the bound of a line is dropped. */
final class LineReader {
  private final InputStream in;
  private final int longest;

  LineReader(InputStream in, int longest) {
    this.in = new BufferedInputStream(in);
    this.longest = longest;
  }

  /** Returns the next line, or null at the end. */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = in.read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n') {
      if (line.size() < longest && read != '\r') {
        line.write(read);
      }
      read = in.read();
    }
    return line.toString(UTF_8);
  }
}
