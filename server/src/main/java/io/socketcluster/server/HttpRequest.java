// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.server.internal.http.RequestHeaders;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plain HTTP request, whole. The body must not be changed.
 *
 * @param server the server that was asked
 * @param method {@code GET}, {@code HEAD}, {@code POST}, ...
 * @param path the path, decoded, without the query. It is as the client sent it, perhaps with
 *     {@code ..} in it: {@link HttpHandler#files} serves files safely
 * @param uri path and query as sent
 * @param headers the header fields, names in lower case
 * @param remoteAddress the address of the peer: the client, or the proxy nearest to this server;
 *     null when the transport has none
 * @param remotePort the port of the peer, or 0 when the transport has none
 * @param forwardedForAddress the address of the client as {@code trustedProxies} say, without a
 *     port; null when the peer is none of them, or does not say who the client is
 * @param body the body, empty when there is none; {@code maxRequestBody} bytes at most
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
public record HttpRequest(
    AGServer server,
    String method,
    String path,
    String uri,
    Map<String, List<String>> headers,
    @Nullable InetAddress remoteAddress,
    int remotePort,
    @Nullable InetAddress forwardedForAddress,
    byte[] body)
    implements RequestHead {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset=\"?(?<name>[\\w.:+-]+)", Pattern.CASE_INSENSITIVE);

  public HttpRequest {
    Objects.requireNonNull(body, "body");
    headers = RequestHeaders.copyOf(headers);
  }

  /**
   * Returns whether the request only reads, that is, whether its method is {@code GET} or {@code
   * HEAD}.
   */
  public boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Returns the body as text, in the charset of its {@code content-type} or in UTF-8. */
  public String bodyText() {
    return new String(body, charset());
  }

  private Charset charset() {
    String type = header("content-type");
    Matcher charset = CHARSET.matcher(type == null ? "" : type);
    try {
      return charset.find() ? Charset.forName(charset.group("name")) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8; // the client has made up a charset
    }
  }

  /**
   * Returns the method, the path and the addresses. Headers, query and body may contain secrets and
   * are omitted.
   */
  @Override
  public String toString() {
    return "HttpRequest[method="
        + method
        + ", path="
        + RequestHeaders.withoutQuery(uri)
        + ", remoteAddress="
        + remoteAddress
        + ", forwardedForAddress="
        + forwardedForAddress
        + "]";
  }
}
