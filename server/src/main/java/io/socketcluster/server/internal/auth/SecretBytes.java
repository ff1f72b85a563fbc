// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of a secret that was given. */
final class SecretBytes {
  private SecretBytes() {}

  static byte[] of(String option, @Nullable String secret) {
    return require(option, secret).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] of(String option, byte @Nullable [] secret) {
    String text = secret == null ? null : new String(secret, StandardCharsets.ISO_8859_1);
    return require(option, text).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A public key, which everybody may know, is no secret; nor is a variable that is not set. */
  private static String require(String option, @Nullable String secret) {
    if (secret == null) {
      throw new InvalidOptionsError(option + " is null; allowed: a secret");
    }
    if (PemKeys.isPem(secret)) {
      throw new InvalidOptionsError(
          option
              + " is a key in PEM form; allowed: a secret. See authPrivateKey and authPublicKey");
    }
    return secret;
  }
}
