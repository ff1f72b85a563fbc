// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.socketcluster.websocket.DeflateAgreement;
import java.net.URI;

/**
 * The request of a client for an upgrade (RFC 6455, 4.1). It claims no origin: only pages have one.
 */
final class HandshakeRequest {
  private static final int VERSION = 13;

  private HandshakeRequest() {}

  static FullHttpRequest of(Target target, String key) {
    URI uri = target.uri();
    String query = uri.getRawQuery();
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.GET,
            query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query,
            Unpooled.EMPTY_BUFFER);
    HttpHeaders headers = request.headers();
    target.headers().forEach(headers::add);
    headers
        .set(HttpHeaderNames.HOST, uri.getRawAuthority())
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key)
        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
    if (target.deflation() != null) {
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, DeflateAgreement.OFFER);
    }
    return request;
  }
}
