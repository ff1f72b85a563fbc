// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Set;

/** The other side of {@link EdDsaSigner}. Thread-safe. */
final class EdDsaVerifier implements JWSVerifier {
  private final JCAContext context = new JCAContext();
  private final PublicKey key;

  EdDsaVerifier(PublicKey key) {
    this.key = key;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signingInput, Base64URL sent)
      throws JOSEException {
    try {
      Signature signature = Signature.getInstance(EdDsaSigner.ALGORITHM);
      signature.initVerify(key);
      signature.update(signingInput);
      return signature.verify(sent.decode());
    } catch (SignatureException e) {
      return false; // not the form of a signature
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Ed25519 failed", e);
    }
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
