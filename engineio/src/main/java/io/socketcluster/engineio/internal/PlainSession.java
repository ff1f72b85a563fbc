// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.socketcluster.http.sessions.Carrier;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.PeerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client 2.2.3 to 2.2.24: it is pinged with {@code 1} whatever else it is sent, for it counts
 * nothing else. Its WebSocket and its session have one event loop.
 */
final class PlainSession implements HttpSession.Listener, WebSocketLink.Listener, Carrier {
  private static final String PING = "1";
  private static final char PONG = '2';
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int POLICY_VIOLATION = 1008;

  private final PlainSessions sessions;
  private final UpgradeRequest request;
  private @Nullable WebSocketLink link;
  private @Nullable HttpSession session;
  private @Nullable Runnable early; // what came before the session was open
  private @Nullable Future<?> pings;

  PlainSession(PlainSessions sessions, UpgradeRequest request) {
    this.sessions = sessions;
    this.request = request;
  }

  // The WebSocket.

  @Override
  public void onOpen(WebSocketLink opened) {
    link = opened;
    if (!sessions.open(this, request, opened)) {
      opened.close(TRY_AGAIN_LATER, "Too many sessions");
    }
  }

  @Override
  public void onMessages(List<byte[]> messages, Runnable taken) {
    HttpSession open = session;
    if (open == null) {
      early = () -> onMessages(messages, taken); // the WebSocket is not read meanwhile
      return;
    }
    open.heard();
    List<byte[]> told = new ArrayList<>(messages);
    told.removeIf(message -> message.length == 1 && message[0] == PONG);
    open.receive(told, taken);
  }

  @Override
  public void onHeard() {
    HttpSession open = session;
    if (open != null) {
      open.heard();
    }
  }

  @Override
  public void onClose(int code, String reason) {
    HttpSession open = session;
    if (open != null) {
      open.leave(code, reason);
    }
  }

  // The session.

  @Override
  public void onOpen(HttpSession opened) {
    session = opened;
    opened.attach(this);
    opened.receive(List.of(sessions.hello(request)), () -> {});
    Runnable waiting = early;
    if (waiting != null) {
      early = null;
      waiting.run();
    }
    long interval = sessions.pingInterval().toMillis();
    pings =
        opened
            .channel()
            .eventLoop()
            .scheduleAtFixedRate(this::ping, interval, interval, TimeUnit.MILLISECONDS);
  }

  private void ping() {
    HttpSession open = session;
    if (open != null) {
      open.sendOwn(EngineSession.text(PING));
    }
  }

  @Override
  public void onRefused(HttpSession refused, PeerEvent.Refused refusal) {
    WebSocketLink open = link;
    if (open != null) {
      boolean isBlocked = refusal.error() != null;
      open.close(isBlocked ? POLICY_VIOLATION : TRY_AGAIN_LATER, "");
    }
  }

  @Override
  public void onClosed(HttpSession closed) {
    Future<?> scheduled = pings;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }

  // What carries its messages.

  @Override
  public boolean lasts() {
    return true;
  }

  @Override
  public void send(List<ByteBuf> messages) {
    WebSocketLink open = link;
    HttpSession of = session;
    if (open != null && of != null) {
      open.send(messages, () -> of.carried(this));
    }
  }

  @Override
  public void close(List<ByteBuf> messages, int code, String reason) {
    WebSocketLink open = link;
    if (open != null) {
      open.send(messages, () -> {});
      open.close(code, reason);
    }
  }

  @Override
  public void release() {
    WebSocketLink open = link;
    if (open != null) {
      open.terminate();
    }
  }

  @Override
  public void probe() {
    // it is pinged anyway
  }
}
