// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.http.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells the application of a request in its own terms. */
final class RequestDescription {
  /** Nearly every client sends these names and values: one of each is enough. */
  private static final Map<String, String> WELL_KNOWN =
      Stream.of(
              "accept-encoding",
              "accept-language",
              "cache-control",
              "connection",
              "cookie",
              "host",
              "origin",
              "pragma",
              "sec-websocket-extensions",
              "sec-websocket-key",
              "sec-websocket-version",
              "upgrade",
              "user-agent",
              "13",
              "Upgrade",
              "websocket")
          .collect(Collectors.toUnmodifiableMap(each -> each, each -> each));

  private RequestDescription() {}

  static UpgradeRequest of(HttpRequest request, Channel channel, TrustedProxies proxies) {
    @Nullable InetSocketAddress remote =
        channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
    @Nullable InetAddress peer = remote == null ? null : remote.getAddress();
    Map<String, List<String>> headers = headersOf(request);
    return new UpgradeRequest(
        request.uri(),
        headers,
        peer,
        remote == null ? 0 : remote.getPort(),
        proxies.clientOf(peer, headers));
  }

  private static Map<String, List<String>> headersOf(HttpRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers
          .computeIfAbsent(
              shared(header.getKey().toLowerCase(Locale.ROOT)), key -> new ArrayList<>(1))
          .add(shared(header.getValue()));
    }
    return headers;
  }

  private static String shared(String text) {
    return WELL_KNOWN.getOrDefault(text, text);
  }
}
