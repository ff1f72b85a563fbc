// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The answer to a plain HTTP request. The body must not be changed afterwards.
 *
 * @param status the status code, 200 to 599
 * @param headers header fields, {@code content-type} among them; what tells the body's length and
 *     how it is sent is the server's
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  private static final int LOWEST_STATUS = 200;
  private static final int HIGHEST_STATUS = 599;
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");

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
    headers = Map.copyOf(headers);
    headers.forEach(HttpAnswer::requireSendable);
    Objects.requireNonNull(body, "body");
  }

  private static void requireSendable(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a header is named \"" + name + "\"; allowed: the letters of a token of RFC 9110");
    }
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the header "
              + name
              + " has control characters or others than those of ISO 8859-1;"
              + " allowed: tabs, spaces and visible characters");
    }
  }

  /** Returns an answer of plain text. */
  public static HttpAnswer text(int status, String text) {
    return new HttpAnswer(
        status,
        Map.of("content-type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
