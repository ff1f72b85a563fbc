// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The certificate and settings with which a server speaks TLS. Immutable. The private key and the
 * passphrase are secrets, which {@link #toString} omits.
 */
public final class TlsOptions {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final Pem certificateChain;
  private final Pem privateKey;
  private final @Nullable String passphrase;
  private final @Nullable Pem clientAuthorities;
  private final boolean clientCertificateRequired;
  private final List<String> protocols;

  /**
   * PEM text, or a file of PEM text that is read again at each reload.
   *
   * @param text null if there is a file
   * @param file null if there is a text
   */
  public record Pem(@Nullable String text, @Nullable Path file) {
    /** Returns PEM text. */
    public static Pem of(String text) {
      return new Pem(Objects.requireNonNull(text, "text"), null);
    }

    /** Returns a file of PEM text. */
    public static Pem of(Path file) {
      return new Pem(null, Objects.requireNonNull(file, "file"));
    }

    @Override
    public String toString() {
      return file == null ? "PEM text" : file.toString();
    }
  }

  private TlsOptions(
      Pem certificateChain,
      Pem privateKey,
      @Nullable String passphrase,
      @Nullable Pem clientAuthorities,
      boolean clientCertificateRequired,
      List<String> protocols) {
    this.certificateChain = Objects.requireNonNull(certificateChain, "certificateChain");
    this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
    this.passphrase = passphrase;
    this.clientAuthorities = clientAuthorities;
    this.clientCertificateRequired = clientCertificateRequired;
    this.protocols = protocols;
  }

  /**
   * Returns options for a certificate.
   *
   * @param certificateChain the server's own certificate, followed by its chain
   * @param privateKey a PKCS #8 key, which begins with {@code BEGIN PRIVATE KEY} or {@code BEGIN
   *     ENCRYPTED PRIVATE KEY}
   */
  public static TlsOptions of(Pem certificateChain, Pem privateKey) {
    return new TlsOptions(certificateChain, privateKey, null, null, false, PROTOCOLS);
  }

  /** Returns options for a certificate in files. */
  public static TlsOptions of(Path certificateChain, Path privateKey) {
    Objects.requireNonNull(certificateChain, "certificateChain");
    Objects.requireNonNull(privateKey, "privateKey");
    return of(Pem.of(certificateChain), Pem.of(privateKey));
  }

  /** Returns these options with the passphrase of the private key. */
  public TlsOptions withPassphrase(String value) {
    return new TlsOptions(
        certificateChain,
        privateKey,
        Objects.requireNonNull(value, "passphrase"),
        clientAuthorities,
        clientCertificateRequired,
        protocols);
  }

  /** Returns these options with optional client certificates, issued by one of the authorities. */
  public TlsOptions withClientCertificates(Pem authorities) {
    return withClientCertificates(authorities, false);
  }

  /** Returns these options with mandatory client certificates, issued by one of the authorities. */
  public TlsOptions withRequiredClientCertificates(Pem authorities) {
    return withClientCertificates(authorities, true);
  }

  private TlsOptions withClientCertificates(Pem authorities, boolean required) {
    return new TlsOptions(
        certificateChain,
        privateKey,
        passphrase,
        Objects.requireNonNull(authorities, "authorities"),
        required,
        protocols);
  }

  /**
   * Returns these options with the TLS versions to accept.
   *
   * @param names {@code TLSv1.3}, {@code TLSv1.2}; both by default
   * @throws InvalidOptionsError if a name is unknown or there is none
   */
  public TlsOptions withProtocols(String... names) {
    if (Objects.requireNonNull(names, "names").length == 0
        || !PROTOCOLS.containsAll(Arrays.asList(names))) {
      throw new InvalidOptionsError(
          "tls.protocols is " + Arrays.toString(names) + "; allowed: some of " + PROTOCOLS);
    }
    return new TlsOptions(
        certificateChain,
        privateKey,
        passphrase,
        clientAuthorities,
        clientCertificateRequired,
        List.of(names));
  }

  /** Returns the server's certificate and its chain. */
  public Pem certificateChain() {
    return certificateChain;
  }

  /** Returns the private key. */
  public Pem privateKey() {
    return privateKey;
  }

  /** Returns the passphrase of the private key, or null. */
  public @Nullable String passphrase() {
    return passphrase;
  }

  /**
   * Returns the authorities that issue client certificates, or null if clients are not asked for
   * certificates.
   */
  public @Nullable Pem clientAuthorities() {
    return clientAuthorities;
  }

  /** Returns whether a client without a certificate is refused. */
  public boolean isClientCertificateRequired() {
    return clientCertificateRequired;
  }

  /** Returns the accepted TLS versions. */
  public List<String> protocols() {
    return protocols;
  }

  @Override
  public String toString() {
    return "TlsOptions[" + certificateChain + ", " + protocols + "]";
  }
}
