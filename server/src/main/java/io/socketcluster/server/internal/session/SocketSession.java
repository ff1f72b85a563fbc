// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.internal.dispatch.PacketDispatcher;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.loop.SweepSchedule;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.wire.CompressedMessage;
import io.socketcluster.server.internal.wire.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leads a socket through its life. Event loop only, except {@link #state}. */
final class SocketSession extends SocketWiring {
  private static final int DECISION_LIMIT_MILLIS = 1000;

  private final DefaultServerSocket socket;
  private final SocketHost host;
  private final Wire connection;
  private volatile SocketState state = SocketState.CONNECTING;
  private boolean left; // the client has gone, and the socket is not closed yet
  private boolean leavesChannels; // it is closed, and has not ended yet
  private @Nullable SocketDrain drain; // made when it begins
  private @Nullable PacketDispatcher dispatcher; // while the socket is not idle

  /**
   * Makes a session.
   *
   * @param handshake the line that was asked about the upgrade, or null when none was
   */
  SocketSession(
      DefaultServerSocket socket,
      SocketHost host,
      ServerLoop loop,
      Wire connection,
      @Nullable ActionLine handshake) {
    super(socket, host, loop, connection, handshake);
    this.socket = socket;
    this.host = host;
    this.connection = connection;
  }

  // The life of the socket.

  @Override
  public SocketState state() {
    return state;
  }

  /** Registers the socket with its loop and its server, and begins to wait for its handshake. */
  void begin() {
    LoopTasks.check(eventLoop());
    beginSweep();
    host.onPending(socket);
    account.keeps(socket.request());
  }

  @Override
  public boolean hasBegun() {
    return heartbeat.isHandshakeReceived();
  }

  /** When many have asked for their handshake, this client waits for its turn. */
  @Override
  public void begins(Runnable next) {
    heartbeat.handshakeReceived();
    Admission admission = connection.admission();
    if (admission == null) {
      next.run();
      return;
    }
    order.hold();
    admission.resume(
        () -> {
          if (!isClosed()) {
            next.run();
          }
          order.release();
        });
  }

  @Override
  public Map<String, Object> greeting() {
    Map<String, Object> greeting = new LinkedHashMap<>();
    greeting.put("id", socket.id());
    greeting.put("pingTimeout", host.options().pingTimeout().toMillis());
    return greeting;
  }

  @Override
  public void open(boolean isAuthenticated, @Nullable AGException authError) {
    LoopTasks.check(eventLoop());
    state = SocketState.OPEN;
    AGServerOptions options = host.options();
    middleware.endHandshake();
    connection.handshakeEnds();
    if (options.batchOnHandshake()) {
      writer.batch().startAfterHandshake(options.batchOnHandshakeDuration());
    }
    host.onOpen(socket);
    keeping.begin(events.opened(isAuthenticated, authError), time().nanoTime());
    sweepSoon();
    if (!options.pingTimeoutDisabled()) {
      heartbeat.ask(options.pingTimeout());
    }
  }

  @Override
  public void close(int code, @Nullable String reason) {
    LoopTasks.check(eventLoop());
    close(code, reason, CloseCode.isError(code));
  }

  @Override
  public void leave(int code, String reason) {
    channels.deliverPending(); // what was published before it left has to reach it
    close(code, reason, false);
  }

  private void close(int code, @Nullable String reason, boolean isError) {
    if (!isClosed()) {
      writer.flush();
      finish(CloseReason.of(code, reason, isError));
      connection.close(code, reason);
    }
  }

  /** Closes the connection at once, and the socket with it. */
  void terminate() {
    connection.terminate();
    finish(CloseCode.HUNG_UP, null);
  }

  /** Closes the socket because the connection is closed or will be. */
  private void finish(int code, @Nullable String reason) {
    finish(CloseReason.of(code, reason, CloseCode.isError(code)));
  }

  private void finish(CloseReason why) {
    if (isClosed()) {
      return;
    }
    boolean wasOpen = state == SocketState.OPEN;
    state = SocketState.CLOSED;
    streams.keepLastEvents();
    writer.discard();
    order.stop(); // nothing that has arrived already is executed
    middleware.kill();
    writer.killMiddleware();
    outbound.abort(wasOpen ? "disconnect" : "connectAbort", why.code(), why.reason());
    events.closed(wasOpen, why.code(), why.reason());
    host.onClosed(socket, why.code());
    if (why.isError()) {
      events.error(why.error());
    }
    leavesChannels = true;
    channels.removeAll(this::end);
  }

  private void end() {
    leavesChannels = false;
    events.emit(AGServerSocket.END, new SocketEvent.End());
    keeping.end(time().nanoTime());
    sweepSoon();
  }

  // The server closes.

  /** Returns what closes the socket once nothing is left to do. */
  SocketDrain drain() {
    SocketDrain existing = drain;
    if (existing == null) {
      existing = new SocketDrain(eventLoop(), this);
      drain = existing;
    }
    return existing;
  }

  @Override
  public void mark(Runnable reached) {
    connection.whenRead(() -> arrivals.mark(reached));
  }

  @Override
  public boolean isDone() {
    return isIdle()
        && !responder.isAwaited()
        && !outbound.isAwaitingAnswer()
        && !streams.isBehind()
        && isPublished();
  }

  /** Returns whether nothing that has come waits. */
  private boolean isIdle() {
    return !connection.hasUnread() && arrivals.isIdle();
  }

  /** What was published before it leaves has to pass the middleware, too. */
  private boolean isPublished() {
    channels.deliverPending();
    return writer.heldBackFrames() == 0;
  }

  // From the wire.

  @Override
  public AGServerSocket socket() {
    return socket;
  }

  @Override
  public void onMessage(byte[] message, boolean binary) {
    LoopTasks.check(eventLoop());
    heartbeat.heard();
    host.observer().messageReceived(socket, message.length);
    arrivals.accept(message, binary);
  }

  @Override
  public void onCompressed(CompressedMessage message) {
    LoopTasks.check(eventLoop());
    heartbeat.heard();
    host.observer().messageReceived(socket, message.size());
    arrivals.accept(message);
  }

  @Override
  public void onReadComplete() {
    order.readComplete();
  }

  @Override
  public void onHeard() {
    heartbeat.heard();
    pace.heard();
  }

  /**
   * The client has gone. What arrived before counts: the socket closes behind what waits for a
   * decision, of the middleware for instance, but no later than the limit.
   */
  @Override
  public void onClose(int code, String reason) {
    LoopTasks.check(eventLoop());
    heartbeat.gone();
    boolean awaitsDecision = !isIdle() && !account.isHolding();
    if (state != SocketState.OPEN || !awaitsDecision) {
      finish(code, reason);
    } else if (!left) {
      left = true;
      mark(() -> finish(code, reason));
      eventLoop()
          .schedule(() -> finish(code, reason), DECISION_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onGrew(int bytes) {
    account.grew(bytes);
  }

  @Override
  public void onDropped(int bytes) {
    host.observer().publishDropped(socket, bytes);
  }

  @Override
  public void onOverflow() {
    host.observer().slowConsumerClosed(socket, writer.pendingBytes());
    close(CloseCode.SLOW_CONSUMER, CloseCode.reasonOf(CloseCode.SLOW_CONSUMER));
  }

  // The order of what came.

  @Override
  public void grew(int bytes) {
    account.grew(bytes);
  }

  @Override
  public List<Packet> peek(byte[] message) {
    return reader.peek(message);
  }

  @Override
  public List<Packet> decode(byte[] message) {
    try {
      return reader.read(message);
    } catch (MalformedMessageException e) {
      events.error(e);
      close(e.closeCode(), e.getMessage());
      return List.of();
    }
  }

  /** The event loop has no better moment to look at the token. */
  private void pong() {
    if (isTooEarly()) {
      close(CloseCode.MESSAGE_BEFORE_HANDSHAKE, "");
    } else {
      tokens.expire();
    }
  }

  /** Returns whether a client has to send its handshake first. */
  private boolean isTooEarly() {
    return state == SocketState.CONNECTING && host.options().strictHandshake();
  }

  @Override
  public void dispatch(Packet packet) {
    LoopTasks.check(eventLoop());
    if (drain != null && drain.refuses(packet)) {
      return;
    }
    if (isTooEarly() && !isHandshake(packet)) {
      close(CloseCode.MESSAGE_BEFORE_HANDSHAKE, null);
    } else {
      switch (packet) {
        case EventPacket event -> dispatcher().dispatch(event);
        case ResponsePacket response -> outbound.complete(response);
        case RawPacket raw -> dispatch(raw.message());
      }
    }
    if (keeping.holdsIfSaturated()) {
      sweepSoon();
    }
    pace.dispatched(packet);
  }

  /** Returns what decides about events, and about what is done to the socket meanwhile. */
  PacketDispatcher dispatcher() {
    PacketDispatcher existing = dispatcher;
    if (existing == null) {
      existing = newDispatcher();
      dispatcher = existing;
    }
    return existing;
  }

  private static boolean isHandshake(Packet packet) {
    return packet instanceof EventPacket event && event.event().equals(ReservedEvents.HANDSHAKE);
  }

  private void dispatch(String message) {
    if (heartbeat.version().isPong(message)) {
      pong();
    } else {
      events.emit(AGServerSocket.RAW, new ConnectionEvent.Raw(message));
    }
  }

  @Override
  public boolean awaitsAnswer() {
    return outbound.isAwaitingAnswer();
  }

  @Override
  public void onRoom() {
    arrivals.proceed();
  }

  @Override
  public void setReading(boolean reading) {
    connection.setReading(reading);
    if (reading) {
      heartbeat.heardAgain();
    }
  }

  @Override
  public void onHeldBack() {
    host.observer().rateLimited(socket);
  }

  @Override
  public void onReleased() {
    heartbeat.heardAgain();
  }

  // The clocks of the socket.

  @Override
  protected long sweep(long now) {
    if (order.isIdle()) {
      dispatcher = null;
    }
    long next = isClosed() ? SweepSchedule.NEVER : sweepAlive(now);
    next = Math.min(next, middleware.sweep(now));
    next = Math.min(next, writer.sweep(now));
    if (keeping.ends(now)) {
      calls.endRetention();
    }
    next = Math.min(next, keeping.sweep(now));
    if (isClosed() && !leavesChannels && keeping.isOver()) {
      keeping.finish();
      endSweep();
    }
    return next;
  }

  private long sweepAlive(long now) {
    long untilDue =
        heartbeat.sweep(now, order.isPaused() || pace.isPaused() || connection.hasUnread());
    tokens.expire();
    long untilOverdue = calls.sweep();
    if (!host.observer().equals(ServerObserver.NONE)) {
      tellWhatWaits();
      return 0; // it wants to know in each sweep
    }
    return Math.min(untilDue, Math.min(untilOverdue, tokens.untilExpiry()));
  }

  private void tellWhatWaits() {
    int messages = writer.pendingMessages();
    long bytes = writer.pendingBytes();
    if (messages > 0 && bytes > 0) { // a thread of the application may flush a batch meanwhile
      host.observer().outboundWaiting(socket, messages, bytes);
    }
  }

  @Override
  protected void missedByLoop() {
    heartbeat.heard();
  }

  @Override
  protected void sweepFailed(RuntimeException failure) {
    events.failed("The sweep of a socket failed", failure);
    terminate();
  }

  @Override
  protected void endStreams() {
    keeping.finish();
  }

  /** The middleware of a line was removed. */
  void removed(MiddlewareLine line) {
    if (line == MiddlewareLine.OUTBOUND) {
      writer.middlewareRemoved();
    } else {
      middleware.removed(line);
    }
  }

  // The memory of the socket.

  @Override
  public long heldByCalls() {
    return responder.heldBytes();
  }

  @Override
  public long heldByOthers() {
    return channels.heldBytes()
        + tokens.grants().heldBytes()
        + tokens.current().heldBytes()
        + outbound.heldBytes()
        + writer.heldBytes()
        + connection.heldBytes();
  }

  @Override
  public void giveUp(MemoryBound bound, long heldBytes) {
    host.onMemoryLimit(socket, bound, heldBytes);
    switch (bound) {
      case SOCKET -> close(CloseCode.POLICY_VIOLATION, "Held too much memory");
      case SERVER -> close(CloseCode.TRY_AGAIN_LATER, null);
    }
    connection.letGo();
    streams.drop();
  }
}
