// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.upgrade;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What an upgrade request has to say (RFC 6455, 4.2.1). */
final class UpgradeRules {
  /** That of RFC 6455: the frames of all older ones were drafts. */
  private static final List<String> VERSION = List.of(WebSocketVersion.V13.toHttpHeaderValue());

  /** Sixteen bytes in base64. */
  private static final Pattern KEY = Pattern.compile("[+/0-9A-Za-z]{22}==");

  /** A token of RFC 9110, 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private UpgradeRules() {}

  /** Returns whether a request asks for WebSocket, rightly or not. */
  static boolean asksForWebSocket(HttpRequest request) {
    return request.decoderResult().isSuccess()
        && HttpMethod.GET.equals(request.method())
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /** Returns whether it asks for the only version that is spoken. */
  static boolean hasVersion(HttpHeaders headers) {
    return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(VERSION);
  }

  /** Returns whether it says all else that it has to, and nothing twice. */
  static boolean isComplete(HttpRequest request) {
    HttpHeaders headers = request.headers();
    List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && keys.size() == 1
        && KEY.matcher(keys.getFirst()).matches()
        && headers.getAll(HttpHeaderNames.HOST).size() == 1
        && areProtocols(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL))
        && !HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) == 0;
  }

  /** Returns whether subprotocols, if a client names some, are tokens, each named once (4.1). */
  private static boolean areProtocols(List<String> fields) {
    Set<String> protocols = new HashSet<>();
    for (String field : fields) {
      for (String each : field.split(",", -1)) {
        String protocol = each.strip();
        if (!TOKEN.matcher(protocol).matches() || !protocols.add(protocol)) {
          return false;
        }
      }
    }
    return true;
  }
}
