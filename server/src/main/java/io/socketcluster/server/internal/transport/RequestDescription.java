// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.AttributeKey;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.http.RequestPath;
import io.socketcluster.server.internal.http.SharedTexts;
import io.socketcluster.server.internal.http.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells the application of a request in its own terms. */
public final class RequestDescription {
  /** Set on a channel by those who have authenticated the request themselves. */
  public static final AttributeKey<Principal> PRINCIPAL =
      AttributeKey.valueOf("io.socketcluster.principal");

  /** Set on a channel by a trusted proxy that told whose connection it carries. */
  public static final AttributeKey<InetSocketAddress> CARRIED_FOR =
      AttributeKey.valueOf("io.socketcluster.carriedFor");

  /** The header fields of which many clients send the same value, which is no secret. */
  private static final Set<String> ALIKE =
      Set.of(
          "accept-encoding",
          "accept-language",
          "cache-control",
          "connection",
          "host",
          "origin",
          "pragma",
          "sec-websocket-extensions",
          "sec-websocket-version",
          "upgrade",
          "user-agent");

  /** Nearly every client sends these names: one of each is enough. */
  private static final Map<String, String> NAMES =
      Stream.concat(ALIKE.stream(), Stream.of("cookie", "sec-websocket-key", "x-forwarded-for"))
          .collect(Collectors.toUnmodifiableMap(each -> each, each -> each));

  private RequestDescription() {}

  /** Tells of a request to upgrade, or for a transport of another module. */
  public static UpgradeRequest of(HttpRequest request, Channel channel, TrustedProxies proxies) {
    InetSocketAddress remote = remoteOf(channel);
    InetAddress peer = remote == null ? null : remote.getAddress();
    Map<String, List<String>> headers = headersOf(request);
    boolean isLasting = headers.containsKey("upgrade");
    return new UpgradeRequest(
        isLasting ? shared(request.uri()) : request.uri(),
        headers,
        peer,
        remote == null ? 0 : remote.getPort(),
        proxies.clientOf(peer, headers),
        channel.hasAttr(PRINCIPAL) ? channel.attr(PRINCIPAL).get() : null);
  }

  /** Tells of a plain request, whose path can be decoded. */
  public static io.socketcluster.server.HttpRequest of(
      AGServer server, HttpRequest request, byte[] body, Channel channel, TrustedProxies proxies) {
    InetSocketAddress remote = remoteOf(channel);
    InetAddress peer = remote == null ? null : remote.getAddress();
    Map<String, List<String>> headers = headersOf(request);
    return new io.socketcluster.server.HttpRequest(
        server,
        request.method().name(),
        new QueryStringDecoder(RequestPath.of(request.uri())).path(),
        request.uri(),
        headers,
        peer,
        remote == null ? 0 : remote.getPort(),
        proxies.clientOf(peer, headers),
        body);
  }

  private static @Nullable InetSocketAddress remoteOf(Channel channel) {
    if (channel.hasAttr(CARRIED_FOR)) {
      return channel.attr(CARRIED_FOR).get();
    }
    return channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
  }

  private static Map<String, List<String>> headersOf(HttpRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      String sent = header.getKey().toLowerCase(Locale.ROOT);
      String name = NAMES.getOrDefault(sent, sent);
      String value = header.getValue();
      List<String> values = ALIKE.contains(name) ? SharedTexts.listOf(value) : List.of(value);
      headers.merge(name, values, RequestDescription::joined);
    }
    return headers;
  }

  /** Adds to a list of its own: a client may send a field thousands of times. */
  private static List<String> joined(List<String> values, List<String> more) {
    List<String> all = values instanceof ArrayList ? values : new ArrayList<>(values);
    all.addAll(more);
    return all;
  }

  /** A query can hold a secret, and every client has another. */
  private static String shared(String uri) {
    return uri.indexOf('?') < 0 ? SharedTexts.listOf(uri).getFirst() : uri;
  }
}
