// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS to a server on this machine. Its certificate names another host, so it is not checked: the
 * question is only whether the server answers, and no secret is sent.
 */
final class LoopbackTls {
  private LoopbackTls() {}

  /** Takes every certificate. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Speaks TLS over a connection to the loopback address. */
  static Socket over(Socket plain) throws IOException {
    if (!plain.getInetAddress().isLoopbackAddress()) {
      throw new IOException(plain.getInetAddress() + " is another machine");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
      return context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
    } catch (GeneralSecurityException e) {
      throw new IOException("this JVM has no TLS: " + e.getMessage(), e);
    }
  }
}
