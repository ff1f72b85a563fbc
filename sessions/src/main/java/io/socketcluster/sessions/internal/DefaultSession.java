// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.sessions.AGSession;
import io.socketcluster.store.StoreValues;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A session: values of the store, and the sockets of a server. */
final class DefaultSession implements AGSession {
  private static final int NORMAL = 1000;
  private static final int LOWEST_OWN = 3000;
  private static final int HIGHEST_OWN = 4999;

  private final String id;
  private final String name;
  private final StoreValues values;
  private final LocalSessions sessions;
  private final SessionEnds ends;

  DefaultSession(
      String id, String name, StoreValues values, LocalSessions sessions, SessionEnds ends) {
    this.id = id;
    this.name = name;
    this.values = values;
    this.sessions = sessions;
    this.ends = ends;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Set<AGServerSocket> sockets() {
    return sessions.socketsOf(name);
  }

  @Override
  public CompletableFuture<Void> emit(String event, @Nullable Object data) {
    Objects.requireNonNull(event, "event");
    try {
      boolean isNothing = data == null || data instanceof MissingNode;
      return sessions.order(
          name, new SessionOrder.Transmit(event, isNothing ? null : Payload.of(data)));
    } catch (InvalidArgumentsError e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletableFuture<Void> kickOut(String channel, @Nullable String message) {
    Objects.requireNonNull(channel, "channel");
    return ordered(new SessionOrder.KickOut(channel, message));
  }

  @Override
  public CompletableFuture<Void> disconnect(int code, @Nullable String reason) {
    if (code != NORMAL && (code < LOWEST_OWN || code > HIGHEST_OWN)) {
      return CompletableFuture.failedFuture(
          new InvalidArgumentsError("A session is disconnected with 1000, or 3000 to 4999"));
    }
    return ordered(new SessionOrder.Disconnect(code, reason));
  }

  /** Carries out an order that may block, on a virtual thread. */
  private CompletableFuture<Void> ordered(SessionOrder order) {
    return CompletableFuture.supplyAsync(
            () -> sessions.order(name, order), Thread::startVirtualThread)
        .thenCompose(Function.identity());
  }

  @Override
  public CompletableFuture<Void> destroy() {
    return ends.end(name)
        .thenCompose(
            isForThisServer -> {
              if (isForThisServer) {
                ends.tell(id, false);
              }
              return disconnect(NORMAL, "The session has ended");
            });
  }

  @Override
  public CompletableFuture<JsonNode> get(List<String> path) {
    return values.get(path);
  }

  @Override
  public <T> CompletableFuture<@Nullable T> get(List<String> path, Class<T> type) {
    return values.get(path, type);
  }

  @Override
  public CompletableFuture<Void> set(List<String> path, @Nullable Object value) {
    return values.set(path, value);
  }

  @Override
  public CompletableFuture<Integer> add(List<String> path, @Nullable Object value) {
    return values.add(path, value);
  }

  @Override
  public CompletableFuture<Void> concat(List<String> path, @Nullable Object more) {
    return values.concat(path, more);
  }

  @Override
  public CompletableFuture<JsonNode> remove(List<String> path) {
    return values.remove(path);
  }

  @Override
  public CompletableFuture<Integer> count(List<String> path) {
    return values.count(path);
  }

  @Override
  public CompletableFuture<JsonNode> getRange(List<String> path, int from, int to) {
    return values.getRange(path, from, to);
  }

  @Override
  public CompletableFuture<JsonNode> splice(
      List<String> path, int index, int count, List<?> items) {
    return values.splice(path, index, count, items);
  }

  @Override
  public CompletableFuture<JsonNode> pop(List<String> path) {
    return values.pop(path);
  }

  @Override
  public CompletableFuture<Boolean> hasKey(List<String> path) {
    return values.hasKey(path);
  }

  @Override
  public CompletableFuture<JsonNode> getAll() {
    return values.getAll();
  }

  @Override
  public CompletableFuture<Void> removeAll() {
    return values.removeAll();
  }

  @Override
  public CompletableFuture<JsonNode> run(
      String function, List<String> baseKey, @Nullable Object data) {
    return values.run(function, baseKey, data);
  }

  @Override
  public StoreValues at(List<String> baseKey) {
    return values.at(baseKey);
  }

  /** Leaves the id out: who reads a log must not get it. */
  @Override
  public String toString() {
    return "AGSession[" + name + "]";
  }
}
