// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.core.streams.SocketStreams;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.stream.ConsumptionErrorHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The streams of a server's socket. They retain what arrives from the start until the application
 * has had the time to register its consumers, and the last events of a socket that closes.
 * Thread-safe.
 */
public final class ServerStreams extends SocketStreams {
  /** How many packets are kept for consumers that have not come yet. */
  private static final int RETAINED = 256;

  /** How many events are kept; more, since a client that comes back subscribes to all it had. */
  private static final int RETAINED_EVENTS = 4096;

  /** The events by which an application learns of the end of a socket. */
  private static final Set<String> LAST_EVENTS =
      Set.of(
          AGServerSocket.CONNECT_ABORT.name(),
          AGServerSocket.DISCONNECT.name(),
          AGServerSocket.CLOSE.name(),
          AGServerSocket.ERROR.name(),
          AGServerSocket.UNSUBSCRIBE.name(),
          AGServerSocket.END.name());

  /**
   * Creates the streams.
   *
   * @param failures is told what a handler threw
   * @param handlers runs the handlers
   */
  public ServerStreams(ConsumptionErrorHandler failures, Executor handlers) {
    super(failures, handlers);
    retain(RETAINED_EVENTS, RETAINED);
  }

  /** Returns whether something is kept or waits that came from the client. */
  public boolean isBehind() {
    return receivers().getBackpressureAll() > 0
        || procedures().getBackpressureAll() > 0
        || listeners().getBackpressureAll() > 0
        || receivers().hasUnclaimed()
        || procedures().hasUnclaimed();
  }

  /** Returns whether anything is kept, events included, that somebody may still take. */
  public boolean isKeepingAny() {
    return isBehind() || listeners().hasUnclaimed();
  }

  /** Returns about how many bytes the streams keep in memory. */
  public long heldBytes() {
    HeldItems held = new HeldItems();
    listeners().forEachHeld(held::add);
    receivers().forEachHeld(held::add);
    procedures().forEachHeld(held::add);
    return held.bytes();
  }

  /** Keeps nothing for consumers to come of what others have taken. */
  public void releaseClaimed() {
    listeners().releaseClaimed();
    receivers().releaseClaimed();
    procedures().releaseClaimed();
  }

  /** Drops all that came from the client, and ends whoever consumes it. */
  public void drop() {
    receivers().killAll();
    procedures().killAll();
    listeners().kill(AGServerSocket.MESSAGE.name());
    listeners().kill(AGServerSocket.RAW.name());
    listeners().kill(AGServerSocket.SUBSCRIBE.name());
    listeners().kill(AGServerSocket.BAD_AUTH_TOKEN.name());
  }

  /** The socket closes: its last events are kept for all consumers that come late. */
  public void keepLastEvents() {
    listeners().replay();
    if (!isRetaining()) {
      retainListeners(RETAINED_EVENTS);
    }
  }

  /** Returns whether every consumer has handled what it took, and nothing waits for it. */
  public boolean isIdle() {
    return receivers().isIdle() && procedures().isIdle() && listeners().isIdle();
  }

  /** Ends the consumers of what came from the client, after their backlog. */
  void endInbound() {
    receivers().endAfterBacklog();
    procedures().endAfterBacklog();
  }

  /**
   * Ends the listeners(), after their backlog, but not those to errors: what the application still
   * asks of a closed socket is an error of the socket.
   */
  void endListeners() {
    listeners().endAfterBacklog(name -> !name.equals(AGServerSocket.ERROR.name()));
  }

  /** Ends all listeners() after their backlog. */
  void endAllListeners() {
    listeners().endAfterBacklog();
  }

  /**
   * Returns what finds consumers that are blocked; listeners() to the end of the socket are spared.
   */
  List<BlockedConsumers> blockedConsumers() {
    return List.of(
        new BlockedConsumers(receivers(), name -> false),
        new BlockedConsumers(procedures(), name -> false),
        new BlockedConsumers(listeners(), LAST_EVENTS::contains));
  }
}
