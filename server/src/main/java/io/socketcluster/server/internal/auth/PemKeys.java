// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.auth;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads keys in PEM form (RFC 7468 and what OpenSSL wrote before). No message tells anything of a
 * key.
 */
public final class PemKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final List<String> KINDS = List.of("RSA", "EC", EdDsaSigner.ALGORITHM);
  private static final String ALLOWED_KEYS =
      "an RSA key, an EC key of the curve P-256, P-384 or P-521, or an Ed25519 key";

  private PemKeys() {}

  /** One block of a text. */
  private record Block(String label, String content) {
    byte[] bytes() {
      return Base64.getMimeDecoder().decode(content);
    }
  }

  /** Returns whether a text has the form of a key or a certificate, and so is no secret. */
  public static boolean isPem(String text) {
    return BLOCK.matcher(text).find();
  }

  /**
   * Reads a private key: PKCS#8, PKCS#1 or SEC 1.
   *
   * @param option what the key is called in the message of an error
   */
  public static PrivateKey privateKey(String option, String pem) {
    Block block = blockOf(option, pem, "PRIVATE KEY");
    if (block.label().startsWith("ENCRYPTED") || block.content().contains("ENCRYPTED")) {
      throw refused(option, "is encrypted", "a key that is not; see openssl pkey -in key.pem");
    }
    byte[] pkcs8 = decoded(option, () -> pkcs8Of(block));
    return firstOf(option, kind -> kind.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
  }

  private static byte[] pkcs8Of(Block block) {
    return switch (block.label()) {
      case "RSA PRIVATE KEY" -> DerForms.pkcs8OfPkcs1(block.bytes());
      case "EC PRIVATE KEY" -> DerForms.pkcs8OfSec1(block.bytes());
      default -> block.bytes();
    };
  }

  /** Reads a public key: X.509, PKCS#1, or that of a certificate. */
  public static PublicKey publicKey(String option, String pem) {
    if (pem.contains("-----BEGIN CERTIFICATE-----")) {
      return keyOfCertificate(option, blockOf(option, pem, "CERTIFICATE"));
    }
    Block block = blockOf(option, pem, "PUBLIC KEY");
    byte[] x509 =
        decoded(
            option,
            () ->
                block.label().equals("RSA PUBLIC KEY")
                    ? DerForms.x509OfPkcs1(block.bytes())
                    : block.bytes());
    return firstOf(option, kind -> kind.generatePublic(new X509EncodedKeySpec(x509)));
  }

  private static PublicKey keyOfCertificate(String option, Block block) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(block.bytes()))
          .getPublicKey();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused(option, "is no certificate that can be read", ALLOWED_KEYS);
    }
  }

  /** Other blocks may stand before, as the EC PARAMETERS that OpenSSL writes. */
  private static Block blockOf(String option, String pem, String label) {
    Matcher blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      if (blocks.group(1).endsWith(label)) {
        return new Block(blocks.group(1), blocks.group(2));
      }
    }
    throw refused(option, "has no PEM block", "-----BEGIN ... " + label + "-----");
  }

  @FunctionalInterface
  private interface Decoding {
    byte[] decode();
  }

  private static byte[] decoded(String option, Decoding decoding) {
    try {
      return decoding.decode();
    } catch (IllegalArgumentException e) {
      throw refused(option, "cannot be read", ALLOWED_KEYS);
    }
  }

  @FunctionalInterface
  private interface Attempt<K> {
    K with(KeyFactory kind) throws GeneralSecurityException;
  }

  private static <K> K firstOf(String option, Attempt<K> attempt) {
    for (String kind : KINDS) {
      try {
        return attempt.with(KeyFactory.getInstance(kind));
      } catch (GeneralSecurityException ofAnotherKind) {
        // the next one may fit
      }
    }
    throw refused(option, "cannot be read", ALLOWED_KEYS);
  }

  private static InvalidOptionsError refused(String option, String what, String allowed) {
    return new InvalidOptionsError(option + " " + what + "; allowed: " + allowed);
  }
}
