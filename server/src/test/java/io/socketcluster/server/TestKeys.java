// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Keys that OpenSSL made, in {@code src/test/resources}. */
public final class TestKeys {
  private TestKeys() {}

  public static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(TestKeys.class.getResource("keys/" + name + ".pem"), name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pair of a kind: rsa, p256, p384, p521 or ed25519. */
  public static AuthKey pair(String kind) {
    return AuthKey.pair(pem(kind + "-pkcs8"), pem(kind + "-public"));
  }
}
