// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.internal.http.RequestPath;
import org.jspecify.annotations.Nullable;

/**
 * Why a plain request is not handed to the application.
 *
 * @param maxHeaderSize the bound of its head
 * @param maxBody the bound of its body
 */
public record RequestRefusals(int maxHeaderSize, int maxBody) {
  private static final HttpAnswer BAD = HttpAnswer.text(400, "Bad Request");

  /** Returns the answer to a head that is refused, or null. */
  public @Nullable HttpAnswer ofHead(HttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      return ofFailure(request.decoderResult().cause());
    }
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return HttpAnswer.text(505, "HTTP Version Not Supported");
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    boolean needsHost = version.equals(HttpVersion.HTTP_1_1);
    if (hosts > 1 || (needsHost && hosts == 0) || pathOf(request) == null) {
      return BAD;
    }
    if (HttpUtil.getContentLength(request, 0L) > maxBody) {
      return ofLongBody();
    }
    return expectsMoreThanToContinue(request) ? HttpAnswer.text(417, "Expectation Failed") : null;
  }

  /** Returns the answer to a head, or to a part of a body, that could not be decoded. */
  public HttpAnswer ofFailure(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException line ->
          HttpAnswer.text(414, "The request line has more than " + maxHeaderSize + " bytes");
      case TooLongHttpHeaderException fields ->
          HttpAnswer.text(431, "The header fields have more than " + maxHeaderSize + " bytes");
      default -> BAD;
    };
  }

  /** Returns the answer to a body that is too long. */
  public HttpAnswer ofLongBody() {
    return HttpAnswer.text(413, "The body has more than " + maxBody + " bytes");
  }

  private static boolean expectsMoreThanToContinue(HttpRequest request) {
    String expectation = request.headers().get(HttpHeaderNames.EXPECT);
    return expectation != null
        && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation);
  }

  /** Returns the decoded path, or null when it cannot be decoded. */
  static @Nullable String pathOf(HttpRequest request) {
    try {
      return new QueryStringDecoder(RequestPath.of(request.uri())).path();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
