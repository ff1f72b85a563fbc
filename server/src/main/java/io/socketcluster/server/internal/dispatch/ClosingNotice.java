// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.server.internal.heartbeat.ClientVersion;
import io.socketcluster.server.internal.loop.SocketLife;
import io.socketcluster.server.internal.outbound.SocketWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The packet {@code #disconnect} of version 1: what ends the connection says with it that it does,
 * and why, before it closes. Event loop only.
 */
public final class ClosingNotice {
  private final ClientVersion version;
  private final SocketWriter writer;
  private final SocketLife life;

  public ClosingNotice(ClientVersion version, SocketWriter writer, SocketLife life) {
    this.version = version;
    this.writer = writer;
    this.life = life;
  }

  /** Returns whether the client may know this packet. */
  boolean isKnown() {
    return version.mayBeOne();
  }

  /** The client is about to close: the socket closes with its code. */
  public void received(EventPacket packet) {
    version.heardOne();
    Payload sent = packet.data();
    JsonNode code = sent == null ? null : sent.node().get("code");
    JsonNode reason = sent == null ? null : sent.node().get("data");
    int closeCode = codeOf(code);
    if (isAllowed(closeCode)) {
      life.close(closeCode, textOf(reason));
    } else {
      life.close(CloseCode.POLICY_VIOLATION, "No close code: " + code);
    }
  }

  private static int codeOf(@Nullable JsonNode code) {
    if (code == null || code.isNull()) {
      return CloseCode.NORMAL;
    }
    return code.isInt() ? code.intValue() : CloseCode.NO_STATUS;
  }

  /** Tells a client of version 1 that the application closes its socket. */
  public void announce(int code, @Nullable String reason) {
    if (!version.isOne() || life.state() != SocketState.OPEN) {
      return;
    }
    Map<String, Object> notice = new LinkedHashMap<>();
    notice.put("code", code);
    if (reason != null) {
      notice.put("data", reason);
    }
    writer.transmit(ReservedEvents.DISCONNECT, Payload.of(notice));
  }

  /** What RFC 6455 (7.4) lets an endpoint put into a close frame. */
  private static boolean isAllowed(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1011)
        || (code >= 3000 && code <= 4999);
  }

  private static @Nullable String textOf(@Nullable JsonNode reason) {
    if (reason == null || reason.isNull()) {
      return null;
    }
    return reason.isString() ? reason.stringValue() : reason.toString();
  }
}
