// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.socketcluster.websocket.DeflateAgreement;
import io.socketcluster.websocket.HandshakeKey;
import io.socketcluster.websocket.ProtocolViolation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of a server to the request for an upgrade (RFC 6455, 4.1). */
final class HandshakeAnswer {
  private static final int MAX_QUOTED = 200;

  private HandshakeAnswer() {}

  /**
   * Returns whether the server agreed to compress.
   *
   * @param offered whether the client offered that
   * @throws IOException when the server did not agree to the upgrade, or to something else
   */
  static boolean check(FullHttpResponse answer, String key, boolean offered) throws IOException {
    if (answer.decoderResult().isFailure()) {
      Throwable cause = answer.decoderResult().cause();
      throw new IOException("The answer to the upgrade cannot be read: " + cause, cause);
    }
    if (!answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      throw new RefusedUpgradeException(quoted(answer));
    }
    HttpHeaders headers = answer.headers();
    String upgrade = headers.get(HttpHeaderNames.UPGRADE);
    expect(HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(upgrade), "upgrade: " + upgrade);
    expect(
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true),
        "connection: " + headers.get(HttpHeaderNames.CONNECTION));
    expect(
        HandshakeKey.answer(key).equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT)),
        "the answer to another key");
    expect(
        !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL),
        "a subprotocol that was not asked for");
    return agreed(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS), offered);
  }

  private static boolean agreed(List<String> extensions, boolean offered) throws IOException {
    expect(offered || extensions.isEmpty(), "extensions that were not offered: " + extensions);
    try {
      return DeflateAgreement.isAccepted(extensions);
    } catch (ProtocolViolation e) {
      throw wrong(e.getMessage(), e);
    }
  }

  private static void expect(boolean right, String found) throws IOException {
    if (!right) {
      throw wrong(found, null);
    }
  }

  private static IOException wrong(@Nullable String found, @Nullable Throwable cause) {
    return new IOException("The server answered the upgrade wrongly: " + found, cause);
  }

  private static String quoted(FullHttpResponse answer) {
    String body = answer.content().toString(UTF_8).strip();
    String start = body.length() > MAX_QUOTED ? body.substring(0, MAX_QUOTED) + "…" : body;
    return start.isEmpty() ? answer.status().toString() : answer.status() + " (" + start + ")";
  }
}
