// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.options;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key in PEM form: the text itself, or the file that it is read from when options are built. */
public record PemText(@Nullable String text, @Nullable Path file) {
  public static PemText of(String text) {
    return new PemText(text, null);
  }

  public static PemText in(Path file) {
    return new PemText(null, file);
  }

  String read(String option) {
    if (text != null) {
      return text;
    }
    try {
      return Files.readString(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new InvalidOptionsError(
          option + " is " + file + "; allowed: a file in PEM form that can be read");
    }
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "PEM";
  }
}
