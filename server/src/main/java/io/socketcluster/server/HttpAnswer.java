// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a plain HTTP request. The body must not be changed afterwards.
 *
 * @param status the status code
 * @param headers header fields, {@code content-type} among them
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /** Returns an answer of plain text. */
  public static HttpAnswer text(int status, String text) {
    return new HttpAnswer(
        status,
        Map.of("content-type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
