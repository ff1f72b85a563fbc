// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import io.netty.buffer.ByteBuf;
import io.socketcluster.http.sessions.Carrier;
import io.socketcluster.http.sessions.HttpSession;
import java.util.List;

/** Carries the messages of a session over a WebSocket. Event loop of the session only. */
record SocketCarrier(HttpSession session, Greeted greeted, MessageLink link) implements Carrier {
  private static final int NORMAL = 1000;
  private static final int POLICY_VIOLATION = 1008;

  @Override
  public boolean lasts() {
    return true;
  }

  @Override
  public void send(List<ByteBuf> messages) {
    if (greeted.greet(messages)) {
      link.send(messages, () -> greeted.execute(() -> session.carried(this)));
    } else {
      messages.forEach(ByteBuf::release);
      link.close(POLICY_VIOLATION, "Forbidden");
    }
  }

  @Override
  public void close(List<ByteBuf> messages, int code, String reason) {
    if (greeted.greet(messages)) {
      link.send(messages, () -> {});
    } else {
      messages.forEach(ByteBuf::release);
    }
    link.close(code, reason);
  }

  @Override
  public void release() {
    link.close(NORMAL, "");
  }

  @Override
  public void probe() {
    // the session has heartbeats of its own
  }
}
