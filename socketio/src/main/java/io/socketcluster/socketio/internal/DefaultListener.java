// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServer;
import io.socketcluster.socketio.SocketIOClient;
import io.socketcluster.socketio.SocketIOListener;
import io.socketcluster.socketio.SocketIOOptions;
import io.socketcluster.socketio.internal.wire.MessageCodec;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The clients of a door, and the handlers of the application. Thread-safe. */
final class DefaultListener implements SocketIOListener {
  private final AGServer server;
  private final SocketIOOptions options;
  private final MessageCodec codec;
  private final Map<String, DefaultClient> clients = new ConcurrentHashMap<>();
  private final Handlers<Consumer<? super SocketIOClient>> connects = new Handlers<>();
  private final Handlers<BiConsumer<? super JsonNode, ? super SocketIOClient>> messages =
      new Handlers<>();
  private final Handlers<Consumer<? super SocketIOClient>> disconnects = new Handlers<>();

  DefaultListener(AGServer server, SocketIOOptions options, MessageCodec codec) {
    this.server = server;
    this.options = options;
    this.codec = codec;
  }

  @Override
  public AGServer server() {
    return server;
  }

  @Override
  public SocketIOOptions options() {
    return options;
  }

  @Override
  public Map<String, SocketIOClient> clients() {
    return Collections.unmodifiableMap(clients);
  }

  @Override
  public SocketIOListener onClientConnect(Consumer<? super SocketIOClient> handler) {
    connects.add(handler);
    return this;
  }

  @Override
  public SocketIOListener onClientMessage(
      BiConsumer<? super JsonNode, ? super SocketIOClient> handler) {
    messages.add(handler);
    return this;
  }

  @Override
  public SocketIOListener onClientDisconnect(Consumer<? super SocketIOClient> handler) {
    disconnects.add(handler);
    return this;
  }

  @Override
  public SocketIOListener removeListener(Object handler) {
    connects.remove(handler);
    messages.remove(handler);
    disconnects.remove(handler);
    return this;
  }

  @Override
  public SocketIOListener broadcast(@Nullable Object message, Collection<String> except) {
    Payload data = Payload.of(message);
    Set<String> left = Set.copyOf(Objects.requireNonNull(except, "except"));
    if (clients.isEmpty()) {
      return this;
    }
    codec.broadcast(data);
    clients.forEach(
        (id, client) -> {
          if (!left.contains(id)) {
            client.transmit(data);
          }
        });
    return this;
  }

  // Told by the clients.

  /** A client is about to learn its session id. */
  void add(DefaultClient client) {
    clients.put(client.sessionId(), client);
  }

  void connected(DefaultClient client) {
    connects.each(handler -> handler.accept(client), client.socket());
  }

  void messageOf(DefaultClient client, JsonNode message) {
    messages.each(handler -> handler.accept(message, client), client.socket());
  }

  void disconnected(DefaultClient client) {
    clients.remove(client.sessionId());
    disconnects.each(handler -> handler.accept(client), client.socket());
  }
}
