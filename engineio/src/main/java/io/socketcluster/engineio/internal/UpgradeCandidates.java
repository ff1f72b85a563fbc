// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import io.netty.channel.EventLoop;
import io.socketcluster.http.sessions.WebSocketLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The WebSockets that came to take over a session and have not done so yet: few at a time, each for
 * a bounded time. Event loop of the session only.
 */
final class UpgradeCandidates {
  /** A client may try again before the server has seen its first WebSocket end. */
  private static final int MOST = 2;

  private final List<WebSocketLink> waiting = new ArrayList<>(0);

  /** Lets a WebSocket probe the session, or closes it when there are enough. */
  void admit(WebSocketLink link, EventLoop loop, Duration patience) {
    if (waiting.size() >= MOST) {
      link.terminate();
      return;
    }
    waiting.add(link);
    loop.schedule(() -> giveUp(link), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void giveUp(WebSocketLink link) {
    if (waiting.remove(link)) {
      link.terminate();
    }
  }

  /** A WebSocket has ended, or carries the session. */
  void remove(WebSocketLink link) {
    waiting.remove(link);
  }

  /** The session has ended. */
  void endAll() {
    waiting.forEach(WebSocketLink::terminate);
    waiting.clear();
  }
}
