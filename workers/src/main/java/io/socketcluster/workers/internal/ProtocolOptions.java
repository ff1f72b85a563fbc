// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options {@code protocol} and {@code protocolOptions} of SocketCluster, as the option {@code
 * tls} of a server. Files are read each time, so that a new certificate is found. Immutable.
 */
final class ProtocolOptions {
  private static final String ALLOWED =
      "{\"key\": .., \"cert\": .., \"passphrase\": ..} with PEM text or names of files, or {\"pfx\": FILE,"
          + " \"passphrase\": ..}";
  private static final Set<String> NAMES = Set.of("key", "cert", "passphrase", "pfx", "ca");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final JsonNode options;

  private ProtocolOptions(JsonNode options) {
    this.options = options;
  }

  /**
   * Returns the options of HTTPS, or null for HTTP.
   *
   * @throws InvalidOptionsError if the options do not fit the protocol
   */
  static @Nullable ProtocolOptions of(String protocol, @Nullable JsonNode options) {
    if (!protocol.equals("https")) {
      if (options != null) {
        throw new InvalidOptionsError("protocolOptions is set; allowed: with the protocol https");
      }
      return null;
    }
    if (options == null || !options.isObject() || !NAMES.containsAll(options.propertyNames())) {
      throw new InvalidOptionsError(
          "protocolOptions is " + (options == null ? "not set" : "set") + "; allowed: " + ALLOWED);
    }
    boolean isPem = options.has("key") && options.has("cert") && !options.has("pfx");
    boolean isPfx = options.has("pfx") && !options.has("key") && !options.has("cert");
    if (!isPem && !(isPfx && options.has("passphrase"))) {
      throw new InvalidOptionsError("protocolOptions is set; allowed: " + ALLOWED);
    }
    return new ProtocolOptions(options);
  }

  /**
   * Returns the option {@code tls} as data.
   *
   * @throws InvalidOptionsError if the PKCS 12 file cannot be read
   */
  ObjectNode toTls() {
    ObjectNode tls = JsonNodeFactory.instance.objectNode();
    if (options.has("pfx")) {
      readPfx(tls);
    } else {
      tls.set("certificateChain", options.path("cert"));
      tls.set("privateKey", options.path("key"));
      if (options.has("passphrase")) {
        tls.set("passphrase", options.path("passphrase"));
      }
    }
    if (options.has("ca")) {
      tls.set("clientAuthorities", options.path("ca"));
    }
    return tls;
  }

  private void readPfx(ObjectNode tls) {
    char[] passphrase = options.path("passphrase").asString().toCharArray();
    Path file = Path.of(options.path("pfx").asString());
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, passphrase);
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          tls.put("privateKey", pem("PRIVATE KEY", store.getKey(alias, passphrase)));
          tls.put("certificateChain", pem(store.getCertificateChain(alias)));
          return;
        }
      }
      throw new InvalidOptionsError("protocolOptions.pfx is " + file + "; allowed: with a key");
    } catch (IOException | GeneralSecurityException e) {
      throw new InvalidOptionsError(
          "protocolOptions.pfx is "
              + file
              + "; allowed: a PKCS 12 file with this passphrase ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }

  private static String pem(String type, Key key) {
    return pem(type, key.getEncoded());
  }

  private static String pem(Certificate[] chain) throws GeneralSecurityException {
    StringBuilder all = new StringBuilder();
    for (Certificate certificate : chain) {
      all.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return all.toString();
  }

  private static String pem(String type, byte[] der) {
    String text = new String(LINES.encode(der), US_ASCII);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
