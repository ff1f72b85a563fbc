// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.netty.buffer.ByteBuf;
import io.socketcluster.http.sessions.Carrier;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.WebSocketLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The WebSocket of a session of Engine.IO: it opens one, or takes one over that polls. */
final class EngineSocket implements WebSocketLink.Listener {
  private static final int NORMAL = 1000;

  private final EngineSession session;
  private @Nullable WebSocketLink link;

  EngineSocket(EngineSession session) {
    this.session = session;
  }

  @Override
  public void onOpen(WebSocketLink opened) {
    link = opened;
    if (session.isNew()) {
      session.openedBy(opened);
    } else {
      session.execute(() -> session.approachedBy(opened));
    }
  }

  @Override
  public void onMessages(List<byte[]> messages, Runnable taken) {
    WebSocketLink from = link;
    if (from != null) {
      session.execute(() -> session.received(from, messages, taken));
    }
  }

  @Override
  public void onHeard() {
    session.execute(session::heard);
  }

  @Override
  public void onClose(int code, String reason) {
    WebSocketLink ended = link;
    if (ended != null) {
      session.lost(ended);
    }
  }

  /** Carries the messages of a session over its WebSocket. */
  record Carrying(HttpSession session, WebSocketLink link, EngineSession engine)
      implements Carrier {
    @Override
    public boolean lasts() {
      return true;
    }

    @Override
    public void send(List<ByteBuf> messages) {
      link.send(engine.written(messages), () -> session.execute(() -> session.carried(this)));
    }

    @Override
    public void close(List<ByteBuf> messages, int code, String reason) {
      link.send(engine.written(messages), () -> {});
      link.close(NORMAL, "");
    }

    @Override
    public void release() {
      link.close(NORMAL, "");
    }

    @Override
    public void probe() {
      link.ping();
    }
  }
}
