// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.FullHttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The server's answer to a request for an upgrade. Immutable.
 *
 * @param headers the header fields as sent, without the length of the body
 */
record UpgradeAnswer(int status, List<Map.Entry<String, String>> headers, String body) {
  private static final int SWITCHING_PROTOCOLS = 101;

  /** The answer when the server has none, because it has closed the connection. */
  static UpgradeAnswer unavailable() {
    return new UpgradeAnswer(503, List.of(), "");
  }

  static UpgradeAnswer of(FullHttpResponse response) {
    String body = response.content().toString(UTF_8);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : response.headers()) {
      if (!header.getKey().equalsIgnoreCase("content-length")) {
        headers.add(Map.entry(header.getKey(), header.getValue()));
      }
    }
    return new UpgradeAnswer(response.status().code(), List.copyOf(headers), body);
  }

  boolean isUpgrade() {
    return status == SWITCHING_PROTOCOLS;
  }
}
