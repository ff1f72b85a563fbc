// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.protocol.errors.AGException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One room of the demo: prints what others say there, and what the connection does. */
final class TerminalChat implements AutoCloseable {
  /** Soon, as somebody is waiting. */
  private static final AutoReconnectOptions RECONNECT =
      new AutoReconnectOptions(
          Duration.ofMillis(500), Duration.ofMillis(500), 1.5, Duration.ofSeconds(5));

  /** A room may be private: it is joined when the socket is logged in. */
  private static final ChannelOptions AFTER_LOGIN = ChannelOptions.DEFAULT.withWaitForAuth();

  private final String name;
  private final Consumer<String> out;
  private final AGClientSocket socket;
  private final AGChannel<ChatMessage> room;
  private final CompletableFuture<Void> joined = new CompletableFuture<>();

  TerminalChat(ChatArguments arguments, Consumer<String> out) {
    this.name = arguments.name();
    this.out = out;
    this.socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .port(arguments.port())
                .autoReconnectOptions(RECONNECT)
                .build());
    this.room = socket.subscribe(arguments.room(), AFTER_LOGIN, ChatMessage.class);
    showConnection();
    showRoom();
  }

  private void showConnection() {
    socket.listener(AGClientSocket.CONNECTING).consume(event -> note("connecting"));
    socket.listener(AGClientSocket.CONNECT).consume(this::logInIfNeeded);
    socket.listener(AGClientSocket.CLOSE).consume(this::showOffline);
  }

  private void showOffline(ConnectionEvent.Closed event) {
    Duration delay = socket.pendingReconnectTimeout();
    String next = delay == null ? "" : ", next attempt in " + delay.toMillis() + " ms";
    note("offline: " + event.code() + " " + event.reason() + next);
  }

  /** After a reconnect the token of the last login may still be good. */
  private void logInIfNeeded(ConnectionEvent.Connect event) throws InterruptedException {
    note("online");
    if (!event.isAuthenticated()) {
      try {
        socket.call("login", Map.of("username", name));
        note("logged in as " + name);
      } catch (AGException e) {
        note("not logged in: " + e.getMessage());
        joined.completeExceptionally(e);
      }
    }
  }

  private void showRoom() {
    room.consume(this::show);
    room.listener(ChannelEvent.SUBSCRIBE)
        .consume(
            event -> {
              note("joined " + room.name());
              if (joined.complete(null)) {
                room.transmitPublish(ChatMessage.presence("joined"));
              }
            });
    room.listener(ChannelEvent.SUBSCRIBE_FAIL)
        .consume(
            event -> {
              note("cannot join " + room.name() + ": " + event.error().getMessage());
              joined.completeExceptionally(event.error());
            });
  }

  private void show(ChatMessage message) {
    String line = message.line();
    if (line != null && !Objects.equals(socket.id(), message.socketId())) {
      out.accept(line);
    }
  }

  private void note(String text) {
    out.accept("* " + text);
  }

  /** Waits until the room is joined, however long that takes; false when it cannot be. */
  boolean awaitJoined() throws InterruptedException {
    try {
      joined.get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  /** Says something, and waits until the server has it. */
  void say(String text) {
    if (!text.isEmpty()) {
      publish(ChatMessage.said(text));
    }
  }

  private void publish(ChatMessage message) {
    room.invokePublish(message)
        .exceptionally(
            failure -> {
              note("not sent: " + reason(failure));
              return null;
            })
        .join();
  }

  private static @Nullable String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    return (cause == null ? failure : cause).getMessage();
  }

  /** Says farewell if that is possible, and leaves. */
  @Override
  public void close() {
    if (room.isSubscribed()) {
      publish(ChatMessage.presence("left"));
    }
    socket.disconnect();
  }
}
