// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes a context for TLS that trusts some certificates and no others. */
public final class TrustedCertificates {
  private static final String OPTION = "trustedCertificates";

  private TrustedCertificates() {}

  /**
   * Returns a context that trusts the certificates in a file.
   *
   * @throws InvalidOptionsError when there is none or the file cannot be read
   */
  public static SSLContext of(Path pem) {
    String text;
    try {
      text = Files.readString(pem);
    } catch (IOException e) {
      throw new InvalidOptionsError(OPTION + " is " + pem + "; allowed: a file that can be read");
    }
    return of(text, pem.toString());
  }

  /**
   * Returns a context that trusts the certificates in a text.
   *
   * @throws InvalidOptionsError when there is none
   */
  public static SSLContext of(String pem) {
    return of(pem, "a text");
  }

  private static SSLContext of(String pem, String origin) {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)));
      if (!certificates.isEmpty()) {
        return trusting(certificates);
      }
    } catch (GeneralSecurityException | IOException e) {
      throw refused(origin, e);
    }
    throw refused(origin, null);
  }

  private static SSLContext trusting(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static InvalidOptionsError refused(String origin, @Nullable Exception cause) {
    InvalidOptionsError error =
        new InvalidOptionsError(
            OPTION + " is " + origin + "; allowed: X.509 certificates in PEM form");
    if (cause != null) {
      error.addSuppressed(cause);
    }
    return error;
  }
}
