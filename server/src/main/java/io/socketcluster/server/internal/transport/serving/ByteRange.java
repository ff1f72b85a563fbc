// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.socketcluster.server.HttpAnswer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that a request asks for (RFC 9110, 14). Empty when there is no such part.
 *
 * @param start the offset of its first byte
 * @param length how many bytes it has
 */
record ByteRange(int start, int length) {
  private static final int OK = 200;
  private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Returns the part, or null when the whole body is to be sent: no part or several are asked for,
   * the client has a part of another version, or the answer does not come in parts.
   */
  static @Nullable ByteRange of(HttpRequest request, HttpAnswer answer) {
    String range = request.headers().get(HttpHeaderNames.RANGE);
    boolean comesInParts =
        range != null
            && request.method().equals(HttpMethod.GET)
            && answer.status() == OK
            && "bytes".equals(answer.header("accept-ranges"))
            && isOfThisVersion(request.headers(), answer);
    if (!comesInParts) {
      return null;
    }
    Matcher matcher = ONE_RANGE.matcher(range.strip());
    return matcher.matches() ? of(matcher.group(1), matcher.group(2), answer.body().length) : null;
  }

  private static boolean isOfThisVersion(HttpHeaders headers, HttpAnswer answer) {
    String version = headers.get(HttpHeaderNames.IF_RANGE);
    return version == null
        || version.equals(answer.header("etag"))
        || version.equals(answer.header("last-modified"));
  }

  private static @Nullable ByteRange of(String first, String last, int length) {
    if (first.isEmpty()) {
      return last.isEmpty() ? null : lastBytes(Long.parseLong(last), length);
    }
    long start = Long.parseLong(first);
    long end = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (end < start) {
      return null;
    }
    return start >= length
        ? new ByteRange(0, 0)
        : new ByteRange((int) start, (int) (Math.min(end, length - 1) - start + 1));
  }

  private static ByteRange lastBytes(long count, int length) {
    int part = (int) Math.min(count, length);
    return new ByteRange(length - part, part);
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Returns the text of the header field {@code content-range}. */
  String text(int whole) {
    return isEmpty()
        ? "bytes */" + whole
        : "bytes " + start + "-" + (start + length - 1) + "/" + whole;
  }
}
