// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.server.HttpAnswer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that opens a session or resumes one, whose event loop may be another. Event loop of
 * the connection only, but for what {@link Opening} has.
 */
public final class SocketOpening implements Opening, WebSocketLink.Listener {
  private static final int POLICY_VIOLATION = 1008;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int LEAST_TEMPORARY_STATUS = 429;

  private final Consumer<SocketOpening> opened;
  private @Nullable Runnable early; // what came before there was a session
  private boolean hasEnded;
  private volatile @Nullable MessageLink link;
  private volatile @Nullable Carried carried;

  /** The session, and what carries its messages over this connection. */
  private record Carried(Greeted session, SocketCarrier carrier) {}

  /**
   * @param opened is told that the connection is upgraded
   */
  public SocketOpening(Consumer<SocketOpening> opened) {
    this.opened = opened;
  }

  /** Returns the connection, which is upgraded. Any thread. */
  public MessageLink link() {
    MessageLink of = link;
    if (of == null) {
      throw new IllegalStateException("Not open yet");
    }
    return of;
  }

  // From the connection.

  @Override
  public void onOpen(WebSocketLink upgraded) {
    onOpen(MessageLink.of(upgraded));
  }

  /** The connection is upgraded. */
  public void onOpen(MessageLink upgraded) {
    link = upgraded;
    opened.accept(this);
  }

  @Override
  public void onMessages(List<byte[]> messages, Runnable taken) {
    Carried to = carried;
    if (to == null) {
      early = () -> onMessages(messages, taken); // the connection is not read meanwhile
    } else {
      to.session.execute(() -> to.session.received(messages, taken));
    }
  }

  @Override
  public void onHeard() {
    // heartbeats notice that a client has gone
  }

  @Override
  public void onClose(int code, String reason) {
    hasEnded = true;
    Carried of = carried;
    if (of != null) {
      of.session.execute(() -> of.session.lost(of.carrier));
    }
  }

  // From the session, on its event loop.

  @Override
  public void carry(HttpSession session, Greeted greeted) {
    SocketCarrier carrier = new SocketCarrier(session, greeted, link());
    greeted.attached();
    session.attach(carrier);
    carried = new Carried(greeted, carrier);
    link().execute(this::proceed);
  }

  private void proceed() {
    Runnable waiting = early;
    early = null;
    if (waiting != null) {
      waiting.run();
    }
    if (hasEnded) {
      onClose(0, "");
    }
  }

  @Override
  public void refuse(HttpAnswer answer) {
    boolean isTemporary = answer.status() >= LEAST_TEMPORARY_STATUS;
    link().close(isTemporary ? TRY_AGAIN_LATER : POLICY_VIOLATION, "");
  }
}
