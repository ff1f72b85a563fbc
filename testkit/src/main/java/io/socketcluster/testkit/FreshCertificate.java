// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

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
import java.util.function.BiFunction;

/**
 * A certificate that signs itself and its key, created for a single test by the keytool of the JDK.
 *
 * @param certificate the certificate, for {@code localhost} and {@code 127.0.0.1}
 * @param key its private key
 */
public record FreshCertificate(Certificate certificate, PrivateKey key) {
  private static final String PASSWORD = "password of the store";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Creates a certificate for {@code localhost}. Its key store stays in the directory. */
  public static FreshCertificate in(Path directory) throws Exception {
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

  /** Writes the certificate and the key as PEM, and returns the options made of both files. */
  public <T> T writeTo(Path chain, Path keyFile, BiFunction<Path, Path, T> options)
      throws IOException, GeneralSecurityException {
    Files.writeString(chain, chainPem());
    Files.writeString(keyFile, keyPem());
    return options.apply(chain, keyFile);
  }

  /** Returns the certificate as PEM. */
  public String chainPem() throws GeneralSecurityException {
    return pem("certificate", certificate.getEncoded());
  }

  /** Returns the private key as PEM. */
  public String keyPem() {
    return pem("private key", key.getEncoded());
  }

  /** Returns bytes as PEM, with a header such as {@code certificate}. */
  public static String pem(String kind, byte[] der) {
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
