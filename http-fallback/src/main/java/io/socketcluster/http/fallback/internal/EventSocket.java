// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socketcluster.http.sessions.Carrier;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.WebSocketLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that carries the events of a session in the place of its requests, once the client
 * says so. Its methods say on which event loop they are called.
 */
final class EventSocket implements WebSocketLink.Listener {
  private static final int NORMAL = 1000;

  private final FallbackSession session;
  private @Nullable WebSocketLink link;

  EventSocket(FallbackSession session) {
    this.session = session;
  }

  @Override
  public void onOpen(WebSocketLink opened) {
    link = opened;
    session.execute(() -> session.probedBy(opened));
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
      session.execute(() -> session.ended(ended));
    }
  }

  /** Sends an event that is no message. Any thread. */
  static void tell(WebSocketLink link, String event) {
    link.send(List.of(Unpooled.copiedBuffer(event, UTF_8)), () -> {});
  }

  /** Carries the messages of a session over its WebSocket. Event loop of the session. */
  record Carrying(HttpSession session, WebSocketLink link) implements Carrier {
    @Override
    public boolean lasts() {
      return true;
    }

    @Override
    public void send(List<ByteBuf> messages) {
      link.send(
          List.of(EventBatch.of(session.firstOfBatch(), messages)),
          () -> session.execute(() -> session.carried(this)));
    }

    @Override
    public void close(List<ByteBuf> messages, int code, String reason) {
      link.send(List.of(EventBatch.last(session.firstOfBatch(), messages, code, reason)), () -> {});
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
