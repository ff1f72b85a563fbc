// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Keys that nobody has. */
final class FreshKeys {
  private FreshKeys() {}

  /** Returns the public key of a new pair of the same kind. */
  static String publicKeyLike(String kind) throws GeneralSecurityException {
    PublicKey key =
        switch (kind) {
          case "rsa" -> KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
          case "p256" -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            yield generator.generateKeyPair().getPublic();
          }
          default -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        };
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }
}
