// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.options;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.DataObject;
import io.socketcluster.core.options.OptionFormat;
import io.socketcluster.core.options.StandardFormats;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.RateLimit;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.server.TlsOptions.Pem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The forms, as data, of the options that only a server has. */
public final class OptionForms {
  static final OptionFormat<List<AGEndpoint>> ENDPOINTS =
      new OptionFormat<>(
          "a list of {\"path\": \"/...\", \"protocolVersion\": 1, \"pingsThroughCodec\": true}",
          OptionForms::endpoints);

  static final OptionFormat<PemText> PEM =
      new OptionFormat<>(
          "a text in PEM form, or the name of its file",
          data -> pem(data, PemText::of, PemText::in));

  private static final OptionFormat<Pem> TLS_PEM =
      new OptionFormat<>(PEM.allowed(), data -> pem(data, Pem::of, Pem::of));

  static final OptionFormat<RateLimit> RATE =
      new OptionFormat<>("{\"count\": 100, \"period\": \"1s\", \"burst\": 200}", OptionForms::rate);

  static final OptionFormat<TlsOptions> TLS =
      new OptionFormat<>(
          "{\"certificateChain\": \"chain.pem\", \"privateKey\": \"key.pem\", \"passphrase\": ...}",
          OptionForms::tls);

  private OptionForms() {}

  private static @Nullable List<AGEndpoint> endpoints(JsonNode data) {
    if (!data.isArray()) {
      return null;
    }
    List<AGEndpoint> endpoints = new ArrayList<>();
    for (JsonNode element : data) {
      AGEndpoint endpoint = endpoint(element);
      if (endpoint == null) {
        return null;
      }
      endpoints.add(endpoint);
    }
    return List.copyOf(endpoints);
  }

  private static @Nullable AGEndpoint endpoint(JsonNode data) {
    DataObject object = DataObject.of(data, "path", "protocolVersion", "pingsThroughCodec");
    if (object == null) {
      return null;
    }
    String path = object.field("path", StandardFormats.TEXT);
    ProtocolVersion version =
        object.field("protocolVersion", StandardFormats.PROTOCOL_VERSION, ProtocolVersion.DETECT);
    Boolean throughCodec = object.field("pingsThroughCodec", StandardFormats.BOOLEAN, true);
    if (path == null || version == null || throughCodec == null) {
      return null;
    }
    return AGEndpoint.of(path).withProtocolVersion(version).withPingsThroughCodec(throughCodec);
  }

  private static <T> @Nullable T pem(
      JsonNode data, Function<String, T> ofText, Function<Path, T> ofFile) {
    String text = data.asString("").strip();
    if (text.startsWith("-----BEGIN")) {
      return ofText.apply(text);
    }
    try {
      return text.isEmpty() ? null : ofFile.apply(Path.of(text));
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static @Nullable RateLimit rate(JsonNode data) {
    DataObject object = DataObject.of(data, "count", "period", "burst");
    if (object == null) {
      return null;
    }
    Integer count = object.field("count", StandardFormats.INTEGER);
    Duration period = object.field("period", StandardFormats.MILLISECONDS);
    Integer burst = object.field("burst", StandardFormats.INTEGER, count);
    return count == null || period == null || burst == null
        ? null
        : RateLimit.of(count, period).withBurst(burst);
  }

  private static @Nullable TlsOptions tls(JsonNode data) {
    DataObject object =
        DataObject.of(
            data,
            "certificateChain",
            "privateKey",
            "passphrase",
            "clientAuthorities",
            "clientCertificateRequired",
            "protocols");
    if (object == null) {
      return null;
    }
    Pem chain = object.field("certificateChain", TLS_PEM);
    Pem key = object.field("privateKey", TLS_PEM);
    return chain == null || key == null ? null : withDetails(TlsOptions.of(chain, key), object);
  }

  private static @Nullable TlsOptions withDetails(TlsOptions certificate, DataObject object) {
    String passphrase = object.field("passphrase", StandardFormats.TEXT, "");
    Boolean required = object.field("clientCertificateRequired", StandardFormats.BOOLEAN, false);
    List<String> protocols =
        object.field("protocols", StandardFormats.TEXTS, certificate.protocols());
    if (passphrase == null || required == null || protocols == null) {
      return null;
    }
    TlsOptions tls = certificate.withProtocols(protocols.toArray(String[]::new));
    if (!passphrase.isEmpty()) {
      tls = tls.withPassphrase(passphrase);
    }
    if (!object.has("clientAuthorities")) {
      return required ? null : tls;
    }
    Pem authorities = object.field("clientAuthorities", TLS_PEM);
    if (authorities == null) {
      return null;
    }
    return required
        ? tls.withRequiredClientCertificates(authorities)
        : tls.withClientCertificates(authorities);
  }
}
