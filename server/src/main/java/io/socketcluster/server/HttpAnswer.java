// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.Payload;
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
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {
  private static final int LOWEST_STATUS = 200;
  private static final int HIGHEST_STATUS = 599;

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
    return new HttpAnswer(status, more, body);
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
