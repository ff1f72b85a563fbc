// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies with a secret of any length, which Nimbus refuses to do below the length of the hash.
 * Thread-safe.
 */
final class ShortSecretVerifier implements JWSVerifier {
  private final byte[] secret;
  private final JCAContext context = new JCAContext();

  ShortSecretVerifier(byte[] secret) {
    this.secret = secret.clone();
  }

  @Override
  public boolean verify(JWSHeader header, byte[] input, Base64URL signature) throws JOSEException {
    String hmac = "HmacSHA" + header.getAlgorithm().getName().substring(2);
    try {
      Mac mac = Mac.getInstance(hmac);
      mac.init(new SecretKeySpec(secret, hmac));
      return MessageDigest.isEqual(mac.doFinal(input), signature.decode());
    } catch (GeneralSecurityException e) {
      throw new JOSEException("The signature cannot be verified", e);
    }
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
