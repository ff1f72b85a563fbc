// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.options;

import static io.socketcluster.server.internal.options.DeclaredOptions.AUTH_ALGORITHM;
import static io.socketcluster.server.internal.options.DeclaredOptions.AUTH_ENGINE;
import static io.socketcluster.server.internal.options.DeclaredOptions.AUTH_KEY;
import static io.socketcluster.server.internal.options.DeclaredOptions.AUTH_PRIVATE_KEY;
import static io.socketcluster.server.internal.options.DeclaredOptions.AUTH_PUBLIC_KEY;
import static io.socketcluster.server.internal.options.DeclaredOptions.AUTH_VERIFY_ALGORITHMS;

import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AuthKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one key of the options about keys, and refuses what contradicts itself. */
public final class AuthOptions {
  private final OptionValues values;

  public AuthOptions(OptionValues values) {
    this.values = values;
  }

  /** Returns the key that was given, or null when each server makes a random one. */
  @Nullable AuthKey check() {
    if (values.isGiven(AUTH_ENGINE)) {
      requireNoKey();
      return null;
    }
    if (!hasKey()) {
      configured(AuthKey.random());
      return null;
    }
    return configured(givenKey());
  }

  /** Returns a random key for the same algorithms. */
  public AuthKey random() {
    return configured(AuthKey.random());
  }

  private boolean hasKey() {
    return values.isGiven(AUTH_KEY)
        || values.isGiven(AUTH_PRIVATE_KEY)
        || values.isGiven(AUTH_PUBLIC_KEY);
  }

  private void requireNoKey() {
    if (hasKey() || values.isGiven(AUTH_ALGORITHM) || values.isGiven(AUTH_VERIFY_ALGORITHMS)) {
      throw new InvalidOptionsError(
          "authEngine is set beside a key or an algorithm; allowed: none of them, the engine has"
              + " its own");
    }
  }

  private AuthKey givenKey() {
    PemText privateKey = values.find(AUTH_PRIVATE_KEY);
    PemText publicKey = values.find(AUTH_PUBLIC_KEY);
    String secret = values.find(AUTH_KEY);
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
    values.set(AUTH_PRIVATE_KEY, PemText.of(privatePem)); // the options keep what was read
    values.set(AUTH_PUBLIC_KEY, PemText.of(publicPem));
    return AuthKey.pair(privatePem, publicPem);
  }

  private static InvalidOptionsError missing(String name, String other) {
    return new InvalidOptionsError(
        "The " + name + " option must be specified if " + other + " is specified");
  }

  private AuthKey configured(AuthKey key) {
    AuthKey configured = key;
    String algorithm = values.find(AUTH_ALGORITHM);
    if (algorithm != null) {
      configured = configured.withAlgorithm(algorithm);
    }
    List<String> verifying = values.find(AUTH_VERIFY_ALGORITHMS);
    return verifying == null ? configured : configured.accepting(verifying.toArray(String[]::new));
  }
}
