// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.socketio.SocketIOClient;
import io.socketcluster.socketio.SocketIOListener;
import io.socketcluster.socketio.SocketIOTransport;
import io.socketcluster.socketio.internal.wire.MessageCodec;
import io.socketcluster.stream.Consumption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client. Its handlers run on virtual threads, in the order of its life: connected, messages,
 * disconnected. Thread-safe.
 */
final class DefaultClient implements SocketIOClient {
  private static final Executor APPLICATION =
      task -> Thread.ofVirtual().name("socketio-client").start(task);

  private final DefaultListener listener;
  private final AGServerSocket socket;
  private final String sessionId;
  private final SocketIOTransport transport;
  private final Handlers<Consumer<? super JsonNode>> messages = new Handlers<>();
  private final Handlers<Runnable> disconnects = new Handlers<>();
  private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
  private final Consumption received;
  private volatile int connections; // written by the event loop only
  private boolean isOpen; // event loop only

  /** Makes the client of a socket that is not open yet. */
  DefaultClient(
      DefaultListener listener,
      AGServerSocket socket,
      String sessionId,
      SocketIOTransport transport) {
    this.listener = listener;
    this.socket = socket;
    this.sessionId = sessionId;
    this.transport = transport;
    received = socket.receiver(MessageCodec.MESSAGE).consume(this::received);
  }

  // Told by the session, on its event loop.

  /** A request has opened a connection. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
  void countConnection() {
    connections++;
  }

  /** The client learns its session id. */
  void open() {
    isOpen = true;
    listener.add(this);
    CompletableFuture<Void> told =
        CompletableFuture.runAsync(() -> listener.connected(this), APPLICATION);
    told.whenComplete((done, failure) -> connected.complete(true));
    received
        .ended()
        .toCompletableFuture()
        .runAfterBothAsync(connected, this::disconnected, APPLICATION);
  }

  /** The session has ended. */
  void close() {
    if (!isOpen) {
      connected.complete(false); // nobody was told of it, nor will be
    }
    socket.closeReceiver(MessageCodec.MESSAGE);
  }

  // On virtual threads.

  private void received(JsonNode message) {
    if (!connected.join()) {
      return;
    }
    messages.each(handler -> handler.accept(message), socket);
    listener.messageOf(this, message);
  }

  private void disconnected() {
    disconnects.each(Runnable::run, socket);
    listener.disconnected(this);
  }

  // The application's.

  void transmit(Payload message) {
    socket.transmit(MessageCodec.MESSAGE, message);
  }

  @Override
  public SocketIOClient send(@Nullable Object message) {
    transmit(Payload.of(message));
    return this;
  }

  @Override
  public void disconnect() {
    socket.disconnect();
  }

  @Override
  public SocketIOClient onMessage(Consumer<? super JsonNode> handler) {
    messages.add(handler);
    return this;
  }

  @Override
  public SocketIOClient onDisconnect(Runnable handler) {
    disconnects.add(handler);
    return this;
  }

  @Override
  public SocketIOClient removeListener(Object handler) {
    messages.remove(handler);
    disconnects.remove(handler);
    return this;
  }

  @Override
  public SocketIOListener listener() {
    return listener;
  }

  @Override
  public AGServerSocket socket() {
    return socket;
  }

  @Override
  public String sessionId() {
    return sessionId;
  }

  @Override
  public SocketIOTransport transport() {
    return transport;
  }

  @Override
  public boolean connected() {
    return socket.state() == SocketState.OPEN;
  }

  @Override
  public int connections() {
    return connections;
  }

  /** Returns the name that everybody may know: the session id is a secret. */
  @Override
  public String toString() {
    return "SocketIOClient[" + socket.id() + " by " + transport.id() + "]";
  }
}
