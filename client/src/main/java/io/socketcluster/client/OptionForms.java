// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.core.options.DataObject;
import io.socketcluster.core.options.OptionFormat;
import io.socketcluster.core.options.StandardFormats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The forms, as data, of the options that only a client has. */
final class OptionForms {
  static final OptionFormat<Map<String, List<String>>> FIELDS =
      new OptionFormat<>(
          "{\"name\": \"value\", \"other\": [\"first\", \"second\"]}", OptionForms::fields);

  static final OptionFormat<AutoReconnectOptions> RECONNECTING =
      new OptionFormat<>(
          "some of {\"initialDelay\": 10000, \"randomness\": 10000, \"multiplier\": 1.5,"
              + " \"maxDelay\": 60000}",
          OptionForms::reconnecting);

  static final OptionFormat<ProxyOptions> PROXY =
      new OptionFormat<>(
          "{\"type\": \"HTTP\" or \"SOCKS5\", \"hostname\": ..., \"port\": ..., \"username\": ...,"
              + " \"password\": ...}",
          OptionForms::proxy);

  /** The options of SocketCluster's client that have no counterpart. */
  static final Map<String, String> ABSENT =
      Map.of(
          "wsOptions", "secure, sslContext, headers, proxy and perMessageDeflate say it",
          "cloneData", "data is encoded when the method is called",
          "host", "hostname and port say it",
          "uri", "as data, secure, hostname, port, path and query say it",
          "trustedCertificates", "only code sets it",
          "socketPath", "there are no Unix sockets",
          "binaryType", "bytes are byte[]",
          "disconnectOnUnload", "there is no page",
          "clientId", "each socket makes its own",
          "version", "the server is told no version");

  static final Duration LONGEST_DELAY = Duration.ofDays(24);

  private OptionForms() {}

  static boolean isDelay(@Nullable Duration value) {
    return value != null && !value.isNegative() && value.compareTo(LONGEST_DELAY) <= 0;
  }

  private static @Nullable Map<String, List<String>> fields(JsonNode data) {
    if (!data.isObject()) {
      return null;
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : data.properties()) {
      List<String> values = fieldValues(entry.getValue());
      if (values == null) {
        return null;
      }
      fields.put(entry.getKey(), values);
    }
    return Collections.unmodifiableMap(fields);
  }

  private static @Nullable List<String> fieldValues(JsonNode data) {
    if (!data.isArray()) {
      return data.isValueNode() && !data.isNull() ? List.of(data.asString()) : null;
    }
    List<String> values = new ArrayList<>();
    for (JsonNode element : data) {
      if (!element.isString()) {
        return null;
      }
      values.add(element.stringValue());
    }
    return List.copyOf(values);
  }

  private static @Nullable AutoReconnectOptions reconnecting(JsonNode data) {
    DataObject object = DataObject.of(data, "initialDelay", "randomness", "multiplier", "maxDelay");
    if (object == null) {
      return null;
    }
    AutoReconnectOptions initial = AutoReconnectOptions.DEFAULT;
    OptionFormat<Duration> time = StandardFormats.MILLISECONDS;
    Duration initialDelay = object.field("initialDelay", time, initial.initialDelay());
    Duration randomness = object.field("randomness", time, initial.randomness());
    Duration maxDelay = object.field("maxDelay", time, initial.maxDelay());
    JsonNode multiplier = data.get("multiplier");
    if (initialDelay == null || randomness == null || maxDelay == null) {
      return null;
    }
    if (multiplier != null && !multiplier.isNumber()) {
      return null;
    }
    double factor = multiplier == null ? initial.multiplier() : multiplier.doubleValue();
    return new AutoReconnectOptions(initialDelay, randomness, factor, maxDelay);
  }

  private static @Nullable ProxyOptions proxy(JsonNode data) {
    DataObject object = DataObject.of(data, "type", "hostname", "port", "username", "password");
    if (object == null) {
      return null;
    }
    ProxyOptions.Type type =
        object.field("type", StandardFormats.constant(ProxyOptions.Type.class));
    String hostname = object.field("hostname", StandardFormats.TEXT);
    Integer port = object.field("port", StandardFormats.INTEGER);
    if (type == null || hostname == null || port == null) {
      return null;
    }
    String username = object.field("username", StandardFormats.TEXT);
    String password = object.field("password", StandardFormats.TEXT);
    boolean isWhole = object.has("username") == (username != null);
    return isWhole && object.has("password") == (password != null)
        ? new ProxyOptions(type, hostname, port, username, password)
        : null;
  }
}
