// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A certificate that a test has made for itself with the keytool of the JDK. */
record FreshCertificate(Certificate certificate, PrivateKey key) {
  private static final String PASSWORD = "password of the store";
  private static final AtomicInteger COUNT = new AtomicInteger();

  static FreshCertificate in(Path directory) throws Exception {
    Path store = directory.resolve("store" + COUNT.incrementAndGet());
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "test",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString()))
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    return read(store);
  }

  private static FreshCertificate read(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new FreshCertificate(
        keys.getCertificate("test"), (PrivateKey) keys.getKey("test", PASSWORD.toCharArray()));
  }

  /** Writes it to the files and returns the options for them. */
  TlsOptions writeTo(Path chain, Path keyFile) throws Exception {
    Files.writeString(chain, chainPem());
    Files.writeString(keyFile, keyPem());
    return TlsOptions.of(chain, keyFile);
  }

  String chainPem() throws GeneralSecurityException {
    return pem("certificate", certificate.getEncoded());
  }

  String keyPem() {
    return pem("private key", key.getEncoded());
  }

  static String pem(String kind, byte[] der) {
    String name = kind.toUpperCase(Locale.ROOT);
    return "-----BEGIN "
        + name
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + name
        + "-----\n";
  }
}
