// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.http.Origins;
import io.socketcluster.server.internal.http.TrustedProxies;
import io.socketcluster.server.internal.limits.HandshakeGate;
import io.socketcluster.server.internal.limits.RequestPlaces;
import io.socketcluster.server.internal.memory.LoopMemory;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.memory.ServerMemory;
import io.socketcluster.server.internal.transport.tls.ServerTls;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.LoopFlusher;
import io.socketcluster.server.internal.wire.Wire;
import io.socketcluster.server.internal.wire.WireListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server above the transport: makes a socket of every connection. */
public interface ConnectionAcceptor {
  /** Returns the options of the server. */
  AGServerOptions options();

  /** Asks the application about a plain HTTP request. Called on a virtual thread. */
  HttpAnswer answer(HttpRequest request, Channel channel, byte[] body);

  /** Returns where a plain request waits for its place; null for a health check: it needs none. */
  @Nullable RequestPlaces placesFor(String method, String path);

  /** Returns which web pages may connect. */
  Origins origins();

  /** Returns who is believed about the address of a client. */
  TrustedProxies proxies();

  /** Returns what encrypts the connections of a listening server. */
  ServerTls tls();

  /** Returns whether new connections are taken; if not, upgrades are answered with 503. */
  boolean isAccepting();

  /** Returns who lets connections shake hands. */
  HandshakeGate gate();

  /** Returns who learns what is done to stay within the limits. */
  ServerObserver observer();

  /** Returns what counts the memory that is kept for clients. */
  ServerMemory memory();

  /** Returns the accounts of an event loop. Called on it. */
  LoopMemory memory(EventLoop loop);

  /** Tells that a connection without a socket is closed because of what is kept for it. */
  void onMemoryLimit(Channel connection, MemoryBound bound, long heldBytes);

  /** Tells that an upgrade was refused because of its origin. */
  void onBadOrigin(String origin);

  /**
   * Tells of a fault of the application or of the server itself, which no client has to answer for.
   *
   * @param event what happened, a sentence without a full stop
   */
  void onFailure(String event, Throwable failure);

  /** An event loop has ended though nobody closes the server: its sockets are lost. */
  void onLoopLost();

  /** A connection is open: a server that closes waits for its end. */
  void onOpen(Channel connection);

  /** A handler for a pipeline of the application was made. */
  void onAttached();

  /** Returns the flusher of an event loop. Called on it. */
  LoopFlusher flusher(EventLoop loop);

  /** Returns what lends the time of an event loop. Called on it. */
  LoopTurns turns(EventLoop loop);

  /** Returns which path leads where. */
  Routes routes();

  /**
   * Asks whether an upgrade may go on. Called on its event loop.
   *
   * @param decided is called on the event loop after this has returned, with null or with why not
   * @return what was asked, or null when there is nobody to ask and the upgrade goes on
   */
  @Nullable PendingUpgrade authorize(
      UpgradeRequest request, Channel channel, Consumer<@Nullable Throwable> decided);

  /**
   * Makes a socket of a connection. Called on its event loop.
   *
   * @param upgrade what {@link #authorize} returned
   */
  WireListener accept(
      UpgradeRequest request, AGEndpoint endpoint, @Nullable PendingUpgrade upgrade, Wire wire);
}
