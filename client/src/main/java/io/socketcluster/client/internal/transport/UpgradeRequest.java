// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

/**
 * The request for an upgrade. By itself Netty claims an origin, which only a page has and a server
 * may refuse, and knows no host whose name {@code java.net.URI} does not (with an underscore).
 */
final class UpgradeRequest extends WebSocketClientHandshaker13 {
  private static final boolean NO_EXTENSIONS = false;
  private static final boolean MASKED = true;
  private static final boolean NO_MASKED_ANSWERS = false;
  private static final long NEVER = -1; // the connection has a clock of its own

  private final boolean hasOrigin;

  UpgradeRequest(Target target) {
    super(
        target.uri(),
        WebSocketVersion.V13,
        null,
        NO_EXTENSIONS,
        headers(target),
        target.maxPayload(),
        MASKED,
        NO_MASKED_ANSWERS,
        NEVER);
    this.hasOrigin = given(target).contains(HttpHeaderNames.ORIGIN);
  }

  private static HttpHeaders given(Target target) {
    HttpHeaders headers = new DefaultHttpHeaders();
    target.headers().forEach(headers::add);
    return headers;
  }

  private static HttpHeaders headers(Target target) {
    HttpHeaders headers = given(target).set(HttpHeaderNames.HOST, target.uri().getRawAuthority());
    if (!headers.contains(HttpHeaderNames.ORIGIN)) {
      headers.set(HttpHeaderNames.ORIGIN, "null"); // or Netty makes one, of a host it may not know
    }
    return headers;
  }

  @Override
  protected FullHttpRequest newHandshakeRequest() {
    FullHttpRequest request = super.newHandshakeRequest();
    if (!hasOrigin) {
      request.headers().remove(HttpHeaderNames.ORIGIN);
    }
    return request;
  }

  /** Of itself the decoder would send a close frame past the encoder, where it is lost. */
  @Override
  protected WebSocketFrameDecoder newWebsocketDecoder() {
    return new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .allowMaskMismatch(isAllowMaskMismatch())
            .allowExtensions(isAllowExtensions())
            .maxFramePayloadLength(maxFramePayloadLength())
            .closeOnProtocolViolation(false)
            .build());
  }
}
