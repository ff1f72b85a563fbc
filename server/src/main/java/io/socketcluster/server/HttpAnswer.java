// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.http.SendableHeaders;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a plain HTTP request. The body must not be modified afterwards. The server adds the
 * length of the body, the date and the connection header. A 200 answer with an {@code etag} becomes
 * a 304 if the client already has that version.
 *
 * @param status the status code, 200 to 599
 * @param headers header fields with their values, including {@code content-type}
 * @param body the content; empty if there is a {@code stream}
 * @param stream writes the content while it is sent; null if {@code body} has it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record HttpAnswer(
    int status, Map<String, List<String>> headers, byte[] body, @Nullable Body stream) {
  private static final int LOWEST_STATUS = 200;
  private static final int HIGHEST_STATUS = 599;

  /** The body of an answer that is sent while it is made. */
  @FunctionalInterface
  public interface Body {
    /**
     * Writes the body. Called on the virtual thread that handled the request, but not for {@code
     * HEAD}, nor if the client has this version. The body ends when this returns.
     *
     * <p>A write blocks until the client has taken enough of what was written before, so that the
     * server keeps no more than 16 KiB of the body, however slow the client is. {@code flush} sends
     * what has been written so far. A part of the body (16 KiB, or what {@code flush} sends) has to
     * leave within 60 s. When the client hangs up, or reads more slowly than that, a write throws
     * an {@link java.io.IOException}, and the thread is interrupted.
     *
     * <p>If this throws an exception the connection is closed, so that the client can tell that the
     * body is incomplete; unless the client is gone, the exception is emitted as a {@code warning}
     * of the server.
     *
     * @param out need not be closed
     */
    void writeTo(OutputStream out) throws Exception;
  }

  /**
   * Makes an answer.
   *
   * @throws IllegalArgumentException when the status or a header field cannot be sent
   */
  public HttpAnswer {
    if (status < LOWEST_STATUS || status > HIGHEST_STATUS) {
      throw new IllegalArgumentException(
          "status is " + status + "; allowed: " + LOWEST_STATUS + " to " + HIGHEST_STATUS);
    }
    headers = SendableHeaders.of(Objects.requireNonNull(headers, "headers"));
    Objects.requireNonNull(body, "body");
  }

  /**
   * Makes an answer whose body is at hand.
   *
   * @throws IllegalArgumentException when the status or a header field cannot be sent
   */
  public HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {
    this(status, headers, body, null);
  }

  /** Returns an answer of plain text in UTF-8. */
  public static HttpAnswer text(int status, String text) {
    return of(
        status,
        "text/plain; charset=utf-8",
        Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a JSON answer with the value written as in the answer to a request. */
  public static HttpAnswer json(int status, @Nullable Object value) {
    return of(status, "application/json", Payload.of(value).toBytes());
  }

  /** Returns an answer with a body of the given type, such as {@code image/png}. */
  public static HttpAnswer of(int status, String contentType, byte[] body) {
    Objects.requireNonNull(contentType, "contentType");
    return new HttpAnswer(status, Map.of("content-type", List.of(contentType)), body);
  }

  /**
   * Returns an answer whose body is sent while it is made, in chunks. It takes a place of {@code
   * httpConcurrency} until it ends. Its status and header fields leave with the first 16 KB, or
   * with the first flush. A body that fails before that is answered with 500 in its place; a body
   * that fails later ends the connection.
   */
  public static HttpAnswer streamed(int status, String contentType, Body body) {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
    return new HttpAnswer(status, Map.of("content-type", List.of(contentType)), new byte[0], body);
  }

  /** Returns an answer without a body. */
  public static HttpAnswer of(int status) {
    return new HttpAnswer(status, Map.of(), new byte[0]);
  }

  /**
   * Returns this answer with an additional header field; existing values of the field remain.
   *
   * @throws IllegalArgumentException if the field cannot be sent
   */
  public HttpAnswer withHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Map<String, List<String>> more = new HashMap<>(headers);
    more.merge(
        name,
        List.of(value),
        (before, added) -> Stream.concat(before.stream(), added.stream()).toList());
    return new HttpAnswer(status, more, body, stream);
  }

  /** Returns the first value of a header field, or null; names are case-insensitive. */
  public @Nullable String header(String name) {
    for (Map.Entry<String, List<String>> field : headers.entrySet()) {
      if (field.getKey().equalsIgnoreCase(name) && !field.getValue().isEmpty()) {
        return field.getValue().getFirst();
      }
    }
    return null;
  }
}
