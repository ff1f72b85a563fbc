// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A connection by TLS that takes any certificate.
 *
 * @param socket after its handshake
 */
record TlsConnection(SSLSocket socket) implements AutoCloseable {
  /** Trusts everybody: the test looks at the certificate itself. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  static TlsConnection to(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    socket.startHandshake();
    return new TlsConnection(socket);
  }

  Certificate certificate() throws IOException {
    return socket.getSession().getPeerCertificates()[0];
  }

  /** Returns whether a request over this connection is answered. */
  boolean answers() throws IOException {
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    return new String(socket.getInputStream().readNBytes(8), US_ASCII).equals("HTTP/1.1");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
