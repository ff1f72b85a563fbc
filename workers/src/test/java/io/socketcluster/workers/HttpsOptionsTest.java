// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.testkit.FreshCertificate;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS by the options of SocketCluster. */
class HttpsOptionsTest {
  private static final String PASSPHRASE = "passphrase of the store";

  private static WorkersOptions.Builder https(String protocolOptions) {
    return WorkersOptions.builder()
        .fromJson("{\"protocol\": \"https\", \"protocolOptions\": " + protocolOptions + "}");
  }

  @Test
  void aKeyAndACertificateAreTlsOptions() {
    WorkersOptions options =
        https("{\"key\": \"key.pem\", \"cert\": \"cert.pem\", \"passphrase\": \"secret\"}").build();
    TlsOptions tls = Objects.requireNonNull(options.serverOptions().build().tls());
    assertThat(tls.privateKey()).hasToString("key.pem");
    assertThat(tls.certificateChain()).hasToString("cert.pem");
    assertThat(tls.passphrase()).isEqualTo("secret");
    assertThat(WorkersOptions.builder().fromJson(options.toJson()).build().toJson())
        .isEqualTo(options.toJson());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"key\": \"a\"}",
        "{\"pfx\": \"a\"}",
        "{\"key\": \"a\", \"cert\": \"b\", \"pfx\": \"c\", \"passphrase\": \"secret\"}",
        "{\"key\": \"a\", \"cert\": \"b\", \"cipher\": \"secret\"}",
        "\"secret\""
      })
  void whatMakesNoCertificateIsRefusedAndNotShown(String options) {
    assertThatThrownBy(() -> https(options).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("protocolOptions is set; allowed: {\"key\"")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFileOfPkcs12ThatIsMissingIsNamed() {
    assertThatThrownBy(() -> https("{\"pfx\": \"no.p12\", \"passphrase\": \"secret\"}").build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("protocolOptions.pfx is no.p12")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFileOfPkcs12IsReadEachTime(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("server.p12");
    FreshCertificate first = FreshCertificate.in(Files.createDirectory(folder.resolve("1")));
    store(first, file);
    WorkersOptions options =
        https("{\"pfx\": \"" + file + "\", \"passphrase\": \"" + PASSPHRASE + "\"}").build();
    assertThat(chainOf(options)).isEqualToIgnoringWhitespace(first.chainPem());

    FreshCertificate second = FreshCertificate.in(Files.createDirectory(folder.resolve("2")));
    store(second, file);
    assertThat(chainOf(options)).isEqualToIgnoringWhitespace(second.chainPem());
  }

  private static void store(FreshCertificate certificate, Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {certificate.certificate()};
    store.setKeyEntry("server", certificate.key(), PASSPHRASE.toCharArray(), chain);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSPHRASE.toCharArray());
    }
  }

  private static String chainOf(WorkersOptions options) {
    TlsOptions tls = Objects.requireNonNull(options.serverOptions().build().tls());
    return Objects.requireNonNull(tls.certificateChain().text());
  }

  @Test
  void httpHasNoOptions() {
    assertThatThrownBy(
            () -> WorkersOptions.builder().fromMap(Map.of("protocolOptions", Map.of())).build())
        .hasMessage("protocolOptions is set; allowed: with the protocol https");
  }

  @Test
  void httpsAndTlsExcludeEachOther() {
    assertThatThrownBy(
            () ->
                https("{\"key\": \"a\", \"cert\": \"b\"}")
                    .fromJson("{\"tls\": {\"certificateChain\": \"a\", \"privateKey\": \"b\"}}")
                    .build())
        .hasMessage("tls is set; allowed: without the protocol https");
  }
}
