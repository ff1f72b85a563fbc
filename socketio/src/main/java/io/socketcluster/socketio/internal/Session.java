// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socketcluster.http.sessions.Carrier;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.PeerEvent;
import io.socketcluster.socketio.SocketIOTransport;
import io.socketcluster.socketio.TransportOptions;
import io.socketcluster.socketio.internal.carry.Greeted;
import io.socketcluster.socketio.internal.carry.Opening;
import io.socketcluster.socketio.internal.wire.Framing;
import io.socketcluster.socketio.internal.wire.Greeting;
import io.socketcluster.socketio.internal.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of Socket.IO on one transport. Event loop of the session only, but for {@link #id},
 * {@link #transport}, {@link #accepts} and {@link #execute}.
 */
final class Session implements HttpSession.Listener, Greeted, Heartbeat.Owner {
  private static final String HEARTBEAT = "~h~";

  private final Sessions sessions;
  private final String id = Sessions.newId();
  private final SocketIOTransport transport;
  private final UpgradeRequest request;
  private @Nullable Opening opening; // until it carries
  private @Nullable DefaultClient client;
  private @Nullable Heartbeat heartbeat; // polling has none
  private boolean isGreeted;
  private volatile @Nullable HttpSession session;

  /** Makes a session that is not open yet. */
  Session(Sessions sessions, SocketIOTransport transport, UpgradeRequest request, Opening opening) {
    this.sessions = sessions;
    this.transport = transport;
    this.request = request;
    this.opening = opening;
  }

  @Override
  public String id() {
    return id;
  }

  SocketIOTransport transport() {
    return transport;
  }

  /** Returns whether a request may use the session. Any thread. */
  boolean accepts(SocketIOTransport by, UpgradeRequest given) {
    HttpSession open = session;
    return open != null
        && by == transport
        && open.accepts(given)
        && (!sessions.options().sessionsKeepAddress()
            || HttpSessions.isSameAddress(request, given));
  }

  /** Runs a task on the event loop of the session, if it is open. Any thread. */
  @Override
  public void execute(Runnable task) {
    HttpSession open = session;
    if (open != null) {
      open.execute(task);
    }
  }

  // How it begins and ends.

  @Override
  public void onOpen(HttpSession opened) {
    session = opened;
    client = new DefaultClient(sessions.listener(), opened.socket(), id, transport);
    if (!transport.isPolling()) {
      TransportOptions times = sessions.options().transportOptions(transport);
      heartbeat = new Heartbeat(opened.channel().eventLoop(), times, this);
    }
    opened.receive(List.of(MessageCodec.hello()), () -> {});
    Opening by = opening;
    opening = null;
    if (by != null) {
      by.carry(opened, this);
    }
  }

  @Override
  public void onRefused(HttpSession refused, PeerEvent.Refused refusal) {
    refuseOpening(Refusal.of(refusal));
  }

  @Override
  public void onClosed(HttpSession closed) {
    refuseOpening(Refusal.UNKNOWN_SESSION);
    stopHeartbeat();
    DefaultClient of = client;
    if (of != null) {
      of.close();
    }
  }

  private void refuseOpening(Refusal why) {
    Opening by = opening;
    opening = null;
    if (by != null) {
      by.refuse(why.answer(request));
    }
  }

  // To the client.

  /** A request opens a connection: it carries the messages from now on. */
  void carryBy(Opening by) {
    HttpSession open = session;
    if (open == null || !open.isOpen()) {
      by.refuse(Refusal.UNKNOWN_SESSION.answer(request));
    } else {
      open.heard();
      by.carry(open, this);
    }
  }

  @Override
  public void attached() {
    DefaultClient of = client;
    if (of != null) {
      of.countConnection();
    }
    Heartbeat beating = heartbeat;
    if (beating != null) {
      beating.start();
    }
  }

  private void stopHeartbeat() {
    Heartbeat beating = heartbeat;
    if (beating != null) {
      beating.stop();
    }
  }

  @Override
  public void refused() {
    HttpSession open = session;
    if (open != null && !isGreeted) {
      open.close();
    }
  }

  @Override
  public void lost(Carrier carrier) {
    HttpSession open = session;
    if (open == null || !open.isCarriedBy(carrier)) {
      return;
    }
    stopHeartbeat();
    if (sessions.options().transportOptions(transport).closeTimeout().isZero()) {
      open.close();
    } else {
      open.detach(carrier);
    }
  }

  @Override
  public boolean isGreeted() {
    return isGreeted;
  }

  @Override
  public boolean greet(List<ByteBuf> messages) {
    if (isGreeted) {
      return true;
    }
    if (Greeting.REFUSAL.begins(messages)) {
      return false;
    }
    if (Greeting.WELCOME.begins(messages)) {
      isGreeted = true;
      messages.set(0, Greeting.idMessage(id)).release();
      DefaultClient of = client;
      if (of != null) {
        of.open();
      }
    }
    return true;
  }

  @Override
  public boolean send(int number) {
    HttpSession open = session;
    if (open == null || !open.channel().isWritable()) {
      return false;
    }
    byte[] beat = Framing.write((HEARTBEAT + number).getBytes(UTF_8));
    open.sendOwn(Unpooled.wrappedBuffer(beat));
    return true;
  }

  /** The client does not answer: its connection is lost, whatever TCP says. */
  @Override
  public void missed() {
    HttpSession open = session;
    if (open == null) {
      return;
    }
    stopHeartbeat();
    if (sessions.options().transportOptions(transport).closeTimeout().isZero()) {
      open.close();
    } else {
      open.release();
    }
  }

  // From the client.

  @Override
  public boolean isBehind() {
    HttpSession open = session;
    return open != null && open.isBehind();
  }

  @Override
  public void received(List<byte[]> packets, Runnable taken) {
    HttpSession open = session;
    if (open == null || !open.isOpen()) {
      taken.run();
      return;
    }
    open.heard();
    List<byte[]> messages = new ArrayList<>(packets.size());
    for (byte[] packet : packets) {
      for (byte[] body : Framing.read(packet)) {
        if (isHeartbeat(body)) {
          echoed(new String(body, HEARTBEAT.length(), body.length - HEARTBEAT.length(), UTF_8));
        } else {
          messages.add(MessageCodec.inbound(body));
        }
      }
    }
    open.receive(messages, taken);
  }

  private static boolean isHeartbeat(byte[] body) {
    return body.length >= HEARTBEAT.length()
        && body[0] == HEARTBEAT.charAt(0)
        && body[1] == HEARTBEAT.charAt(1)
        && body[2] == HEARTBEAT.charAt(2);
  }

  private void echoed(String number) {
    Heartbeat beating = heartbeat;
    if (beating != null) {
      beating.echoed(number);
    }
  }
}
