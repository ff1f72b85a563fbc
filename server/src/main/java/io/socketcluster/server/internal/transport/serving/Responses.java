// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.internal.http.EntityTags;
import io.socketcluster.server.internal.http.HttpDate;
import io.socketcluster.server.internal.http.SendableHeaders;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes responses of the answers of the application. */
public final class Responses {
  private static final int NO_CONTENT = 204;

  /** An answer has checked its own fields. */
  private static final HttpHeadersFactory CHECKED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private Responses() {}

  /**
   * Returns the response to a request.
   *
   * @param keepsAlive whether the connection stays for another request
   */
  public static FullHttpResponse of(HttpRequest request, HttpAnswer answer, boolean keepsAlive) {
    boolean unchanged = isUnchanged(request, answer);
    ByteRange range = unchanged ? null : ByteRange.of(request, answer);
    HttpResponseStatus status = unchanged ? HttpResponseStatus.NOT_MODIFIED : status(answer, range);
    ByteBuf body = body(answer, range);
    boolean silent = unchanged || request.method().equals(HttpMethod.HEAD) || isEmpty(status);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            silent ? Unpooled.EMPTY_BUFFER : body,
            CHECKED,
            DefaultHttpHeadersFactory.trailersFactory());
    HttpHeaders headers = response.headers();
    SendableHeaders.of(answer.headers()).addTo(headers);
    headers.set(HttpHeaderNames.DATE, HttpDate.now());
    if (!isEmpty(status) && answer.stream() == null) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    if (range != null) {
      headers.set(HttpHeaderNames.CONTENT_RANGE, range.text(answer.body().length));
    }
    HttpUtil.setKeepAlive(headers, request.protocolVersion(), keepsAlive);
    if (!keepsAlive) {
      headers.set(HttpHeaderNames.CONNECTION, "close"); // for HTTP/1.0, too
    }
    return response;
  }

  /** Returns whether the response to a request has the body of a streamed answer. */
  static boolean hasBody(HttpRequest request, HttpAnswer answer) {
    return !request.method().equals(HttpMethod.HEAD)
        && !isEmpty(HttpResponseStatus.valueOf(answer.status()))
        && !isUnchanged(request, answer);
  }

  private static HttpResponseStatus status(HttpAnswer answer, @Nullable ByteRange range) {
    if (range == null) {
      return HttpResponseStatus.valueOf(answer.status());
    }
    return range.isEmpty()
        ? HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        : HttpResponseStatus.PARTIAL_CONTENT;
  }

  private static ByteBuf body(HttpAnswer answer, @Nullable ByteRange range) {
    return range == null
        ? Unpooled.wrappedBuffer(answer.body())
        : Unpooled.wrappedBuffer(answer.body(), range.start(), range.length());
  }

  private static boolean isEmpty(HttpResponseStatus status) {
    return status.code() == NO_CONTENT || status.equals(HttpResponseStatus.NOT_MODIFIED);
  }

  private static boolean isUnchanged(HttpRequest request, HttpAnswer answer) {
    boolean isRead =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return isRead
        && answer.status() == HttpResponseStatus.OK.code()
        && isKnown(request.headers(), answer);
  }

  private static boolean isKnown(HttpHeaders headers, HttpAnswer answer) {
    List<String> tags = headers.getAll(HttpHeaderNames.IF_NONE_MATCH);
    if (!tags.isEmpty()) {
      return EntityTags.match(tags, answer.header("etag"));
    }
    Instant since = HttpDate.parse(headers.get(HttpHeaderNames.IF_MODIFIED_SINCE));
    if (since == null) {
      return false;
    }
    Instant modified = HttpDate.parse(answer.header("last-modified"));
    return modified != null && !modified.isAfter(since);
  }
}
