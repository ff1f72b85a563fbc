// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.socketcluster.server.HttpAnswer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes responses of the answers of the application. */
final class Responses {
  private static final int NO_CONTENT = 204;

  /** RFC 9110, 5.6.7. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Responses() {}

  /**
   * Returns the response to a request.
   *
   * @param keepsAlive whether the connection stays for another request
   */
  static FullHttpResponse of(HttpRequest request, HttpAnswer answer, boolean keepsAlive) {
    boolean unchanged = isUnchanged(request, answer);
    HttpResponseStatus status =
        unchanged ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.valueOf(answer.status());
    boolean silent = unchanged || request.method().equals(HttpMethod.HEAD) || isEmpty(status);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            silent ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
    HttpHeaders headers = response.headers();
    answer.headers().forEach((name, values) -> headers.set(name, values));
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING).remove(HttpHeaderNames.CONTENT_LENGTH);
    headers.remove(HttpHeaderNames.CONNECTION).set(HttpHeaderNames.DATE, now());
    if (!isEmpty(status)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    }
    HttpUtil.setKeepAlive(headers, request.protocolVersion(), keepsAlive);
    if (!keepsAlive) {
      headers.set(HttpHeaderNames.CONNECTION, "close"); // for HTTP/1.0, too
    }
    return response;
  }

  private static String now() {
    return DATE.format(Instant.now());
  }

  private static boolean isEmpty(HttpResponseStatus status) {
    return status.code() == NO_CONTENT || status.equals(HttpResponseStatus.NOT_MODIFIED);
  }

  private static boolean isUnchanged(HttpRequest request, HttpAnswer answer) {
    boolean isRead =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return isRead
        && answer.status() == HttpResponseStatus.OK.code()
        && EntityTags.match(
            request.headers().getAll(HttpHeaderNames.IF_NONE_MATCH), answer.header("etag"));
  }
}
