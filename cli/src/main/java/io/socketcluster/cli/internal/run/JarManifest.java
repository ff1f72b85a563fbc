// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** The manifest of a jar. */
final class JarManifest {
  private JarManifest() {}

  /** Returns the value of a main attribute, or null. */
  static @Nullable String value(Path path, String attribute) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      Manifest manifest = jar.getManifest();
      return manifest == null ? null : manifest.getMainAttributes().getValue(attribute);
    }
  }
}
