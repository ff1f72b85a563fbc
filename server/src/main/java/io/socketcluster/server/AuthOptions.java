// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one key of the options about keys, and refuses what contradicts itself. */
final class AuthOptions {
  private final OptionValues values;

  AuthOptions(OptionValues values) {
    this.values = values;
  }

  /** Returns the key that was given, or null when each server makes a random one. */
  @Nullable AuthKey check() {
    if (values.authEngine != null) {
      requireNoKey();
      return null;
    }
    if (values.authKey == null && values.authPrivateKey == null && values.authPublicKey == null) {
      configured(AuthKey.random());
      return null;
    }
    return configured(givenKey());
  }

  /** Returns a random key for the same algorithms. */
  AuthKey random() {
    return configured(AuthKey.random());
  }

  private void requireNoKey() {
    boolean hasKey =
        values.authKey != null || values.authPrivateKey != null || values.authPublicKey != null;
    if (hasKey || values.authAlgorithm != null || values.authVerifyAlgorithms != null) {
      throw new InvalidOptionsError(
          "authEngine is set beside a key or an algorithm; allowed: none of them, the engine has"
              + " its own");
    }
  }

  private AuthKey givenKey() {
    PemText privateKey = values.authPrivateKey;
    PemText publicKey = values.authPublicKey;
    String secret = values.authKey;
    if (secret != null && (privateKey != null || publicKey != null)) {
      throw new InvalidOptionsError(
          "authKey is set beside authPrivateKey or authPublicKey; allowed: one or the other");
    }
    if (secret != null) {
      return AuthKey.secret(secret);
    }
    if (privateKey == null) {
      throw missing("authPrivateKey", "authPublicKey");
    }
    if (publicKey == null) {
      throw missing("authPublicKey", "authPrivateKey");
    }
    String privatePem = privateKey.read("authPrivateKey");
    String publicPem = publicKey.read("authPublicKey");
    values.authPrivateKey = PemText.of(privatePem); // what was read is what the options tell
    values.authPublicKey = PemText.of(publicPem);
    return AuthKey.pair(privatePem, publicPem);
  }

  private static InvalidOptionsError missing(String name, String other) {
    return new InvalidOptionsError(
        "The " + name + " option must be specified if " + other + " is specified");
  }

  private AuthKey configured(AuthKey key) {
    AuthKey configured = key;
    if (values.authAlgorithm != null) {
      configured = configured.withAlgorithm(values.authAlgorithm);
    }
    List<String> verifying = values.authVerifyAlgorithms;
    return verifying == null ? configured : configured.accepting(verifying.toArray(String[]::new));
  }
}
