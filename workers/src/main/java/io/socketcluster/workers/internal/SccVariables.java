// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables by which SocketCluster's own boilerplate joins a cluster. */
public final class SccVariables {
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "SCC_AUTH_KEY", "authKey",
          "SCC_INSTANCE_IP", "instanceIp",
          "SCC_MAPPING_ENGINE", "mappingEngine");

  private SccVariables() {}

  /** Returns the URL of the broker that the variables name, or null if they name none. */
  public static @Nullable String broker(Map<String, String> variables) {
    String host = variables.get("SCC_STATE_SERVER_HOST");
    if (host == null || host.isBlank()) {
      return null;
    }
    String port = variables.getOrDefault("SCC_STATE_SERVER_PORT", "7777");
    StringBuilder url = new StringBuilder("scc://").append(host).append(':').append(port);
    char separator = '?';
    for (Map.Entry<String, String> each : PARAMETERS.entrySet()) {
      String value = variables.get(each.getKey());
      if (value != null && !value.isEmpty()) {
        url.append(separator).append(each.getValue()).append('=');
        url.append(URLEncoder.encode(value, UTF_8).replace("+", "%20"));
        separator = '&';
      }
    }
    return url.toString();
  }
}
