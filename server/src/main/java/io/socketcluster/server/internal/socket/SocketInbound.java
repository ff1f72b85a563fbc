// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Packet;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.LoadObserver;
import io.socketcluster.server.internal.heartbeat.ClientVersion;
import io.socketcluster.server.internal.heartbeat.PingForm;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.internal.transport.CompressedMessage;
import io.socketcluster.server.internal.transport.WireListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/** What a socket hears from the wire, and from its clock about the wire. Event loop only. */
final class SocketInbound
    implements WireListener, CompressedMessages.Sink, InboundOrder.Processor, InboundPace.Observer {
  private static final AtomicLongFieldUpdater<SocketInbound> BYTES_RECEIVED =
      AtomicLongFieldUpdater.newUpdater(SocketInbound.class, "bytesReceived");

  private final DefaultServerSocket socket;
  private final InboundOrder order;
  private final SocketAccount account;
  private final Liveness liveness;
  private final InboundPace pace;
  private @Nullable CompressedMessages compressed; // made by the first
  private volatile long bytesReceived; // written on the event loop

  SocketInbound(DefaultServerSocket socket) {
    this.socket = socket;
    AGServerOptions options = socket.host().options();
    ServerLoop loop = socket.loop();
    order = new InboundOrder(this, loop.turns(), options.inboundBufferLimit());
    account = new SocketAccount(socket);
    pace = InboundPace.of(options, loop.eventLoop(), order, socket.connection(), this);
    liveness = new Liveness(options, loop.sweep().time(), System.nanoTime());
  }

  InboundOrder order() {
    return order;
  }

  /** Returns what counts the memory that is kept for the socket. */
  SocketAccount account() {
    return account;
  }

  /** Returns how many bytes the messages had that came. Any thread. */
  long bytesReceived() {
    return bytesReceived;
  }

  @Override
  public void onMessage(byte[] message, boolean binary) {
    liveness.heard();
    CompressedMessages before = compressed;
    if (before == null || before.isIdle()) {
      arrived(message, binary);
    } else {
      before.accept(message, binary);
    }
  }

  @Override
  public void onCompressed(CompressedMessage message) {
    liveness.heard();
    CompressedMessages before = compressed;
    if (before == null) {
      before = new CompressedMessages(socket.loop().turns(), order, this);
      compressed = before;
    }
    before.accept(message);
  }

  @Override
  public void inflated(int bytes) {
    pace.inflated(bytes);
  }

  @Override
  public void onRoom() {
    CompressedMessages waiting = compressed;
    if (waiting != null) {
      waiting.proceed();
    }
  }

  @Override
  public void arrived(byte[] message, boolean binary) {
    socket.parts().version().arrived(message);
    BYTES_RECEIVED.lazySet(this, bytesReceived + message.length);
    InboundMiddleware middleware = socket.parts().middleware();
    if (middleware.asksRaw()) {
      middleware.askRaw(message, binary);
    } else {
      pass(message);
    }
  }

  /** A message is as the middleware, if there is one for messages, has left it. */
  void pass(byte[] message) {
    if (!order.isStopped()) {
      emit(message);
      order.accept(message);
      account.grew(message.length);
    }
  }

  /** Runs a task once all that has arrived so far has been dispatched. */
  void mark(Runnable reached) {
    CompressedMessages waiting = compressed;
    if (waiting == null) {
      markDecided(reached);
    } else {
      waiting.mark(() -> markDecided(reached));
    }
  }

  private void markDecided(Runnable reached) {
    RawMessages raw = socket.parts().middleware().raw();
    if (raw == null) {
      order.mark(reached);
    } else {
      raw.mark(() -> order.mark(reached));
    }
  }

  /** Returns whether nothing that has arrived waits. */
  boolean isIdle() {
    RawMessages raw = socket.parts().middleware().raw();
    CompressedMessages waiting = compressed;
    return order.isIdle() && (raw == null || raw.isIdle()) && (waiting == null || waiting.isIdle());
  }

  @Override
  public void onReadComplete() {
    order.readComplete();
  }

  @Override
  public void onGrew(int bytes) {
    account.grew(bytes);
  }

  @Override
  public void onHeard() {
    liveness.heard();
    pace.heard();
  }

  @Override
  public void onClose(int code, String reason) {
    socket.parts().lifecycle().left(code, reason);
  }

  /** Returns whether something that has arrived waits, and not for handlers that are behind. */
  boolean awaitsDecision() {
    return !isIdle() && !account.isHolding();
  }

  @Override
  public void onDropped(int bytes) {
    socket.host().observer().publishDropped(socket, bytes);
  }

  @Override
  public void onOverflow() {
    socket.host().observer().slowConsumerClosed(socket, socket.getOutboundBufferedBytes());
    close(CloseCode.SLOW_CONSUMER, CloseCode.reasonOf(CloseCode.SLOW_CONSUMER));
  }

  @Override
  public void taken(int bytes) {
    account.grew(bytes);
  }

  private void emit(byte[] message) {
    if (socket.getListenerConsumerCount(AGServerSocket.MESSAGE.name()) > 0) {
      socket.emit(AGServerSocket.MESSAGE, new ConnectionEvent.Message(message));
    }
  }

  @Override
  public List<Packet> peek(byte[] message) {
    if (isCertainPong(message)) {
      return List.of();
    }
    try {
      return socket.endpoint().codecEngine().decode(message);
    } catch (MalformedMessageException e) {
      return List.of(); // its turn comes
    }
  }

  @Override
  public boolean awaitsAnswer() {
    return socket.parts().outbound().isAwaitingAnswer();
  }

  @Override
  public List<Packet> decode(byte[] message) {
    if (isCertainPong(message)) {
      return heardPong();
    }
    try {
      return socket.endpoint().codecEngine().decode(message);
    } catch (MalformedMessageException e) {
      if (isPong(message)) {
        return heardPong();
      }
      socket.parts().events().error(e);
      close(e.closeCode(), e.getMessage());
      return List.of();
    }
  }

  /** Returns whether a message is a pong as it stands, though the codec has not encoded it. */
  private boolean isPong(byte[] message) {
    ClientVersion version = socket.parts().version();
    return message.length == 0
        ? version.isPong("")
        : PingForm.isHashPong(message) && version.isPong(PingForm.HASH_PONG);
  }

  /**
   * Returns whether it is one before the codec is asked, which may have a packet of those bytes.
   */
  private boolean isCertainPong(byte[] message) {
    boolean mayBePacket = message.length > 0 && socket.endpoint().pingsThroughCodec();
    return !mayBePacket && isPong(message);
  }

  private List<Packet> heardPong() {
    pong();
    pace.heard();
    return List.of();
  }

  @Override
  public void dispatch(Packet packet) {
    if (socket.parts().refuses(packet)) {
      return;
    }
    socket.parts().dispatcher().dispatch(packet);
    socket.parts().lifecycle().holdIfSaturated();
    pace.dispatched(packet);
  }

  @Override
  public void setReading(boolean reading) {
    socket.connection().setReading(reading);
    if (reading) {
      readAgain();
    }
  }

  @Override
  public void onHeldBack() {
    socket.host().observer().rateLimited(socket);
  }

  @Override
  public void onReleased() {
    readAgain();
  }

  /** The client could not be heard until now. */
  private void readAgain() {
    liveness.heard();
    socket.parts().version().notRead(listened());
  }

  /**
   * Pings, and closes the socket of a client that is gone or never came to its handshake; returns
   * in how many nanoseconds it wants to look again.
   */
  long sweep(long now) {
    if (socket.state() == SocketState.CLOSED) {
      return SweepSchedule.NEVER;
    }
    boolean hasBegun = socket.parts().authActions().hasBegun();
    switch (liveness.check(now, hasBegun, isDeaf())) {
      case NOTHING -> {}
      case PING -> socket.parts().version().ping(listened(), socket.parts().pings());
      case PONG_TIMEOUT -> close(CloseCode.PONG_TIMEOUT, "");
      case HANDSHAKE_TIMEOUT -> close(CloseCode.HANDSHAKE_TIMEOUT, "");
    }
    socket.parts().expireToken();
    long untilAsked = askVersion();
    if (!socket.host().observer().equals(LoadObserver.NONE)) {
      tellWhatWaits();
      return 0; // it wants to know in each sweep
    }
    long untilDue = Math.min(liveness.next(now, hasBegun), socket.parts().untilExpiry());
    return Math.min(untilAsked, untilDue);
  }

  private long askVersion() {
    if (isDeaf()) {
      socket.parts().version().notRead(listened());
    }
    return socket.parts().version().sweep(listened(), socket.parts().pings());
  }

  /** The time for which the loop has listened: what a client answered in it has been read. */
  private long listened() {
    return socket.loop().sweep().time().listened();
  }

  /** The loop was late, so the client could not be heard. */
  void missedByLoop() {
    liveness.heard();
  }

  private boolean isDeaf() {
    return order.isPaused() || pace.isPaused();
  }

  /** The client has asked for its handshake: when many have, this one waits for its turn. */
  void handshakeBegins(Runnable next) {
    socket.sweepSoon();
    Admission admission = socket.connection().admission();
    if (admission == null) {
      next.run();
      return;
    }
    order.hold();
    admission.resume(
        () -> {
          if (socket.state() != SocketState.CLOSED) {
            next.run();
          }
          order.release();
        });
  }

  /** The handshake is complete: another connection has its turn. */
  void handshakeEnds() {
    socket.connection().handshakeEnds();
  }

  private void tellWhatWaits() {
    int messages = socket.getOutboundBackpressure();
    long bytes = socket.getOutboundBufferedBytes();
    if (messages > 0 && bytes > 0) { // a thread of the application may flush a batch meanwhile
      socket.host().observer().outboundWaiting(socket, messages, bytes);
    }
  }

  /** The event loop has no better moment to look at the token. */
  void pong() {
    if (socket.state() == SocketState.CONNECTING && socket.host().options().strictHandshake()) {
      close(CloseCode.MESSAGE_BEFORE_HANDSHAKE, "");
    } else {
      socket.parts().expireToken();
    }
  }

  private void close(int code, String reason) {
    socket.parts().lifecycle().close(code, reason);
  }
}
