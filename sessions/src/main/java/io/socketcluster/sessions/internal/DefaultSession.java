// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.sessions.AGSession;
import io.socketcluster.sessions.internal.SessionMessages.SessionEvent;
import io.socketcluster.store.StoreValues;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A session: values of the store, and the sockets of a server. */
final class DefaultSession implements AGSession {
  private final String id;
  private final String name;
  private final StoreValues values;
  private final LocalSessions sessions;

  DefaultSession(String id, String name, StoreValues values, LocalSessions sessions) {
    this.id = id;
    this.name = name;
    this.values = values;
    this.sessions = sessions;
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
      return sessions.emit(name, new SessionEvent(event, isNothing ? null : Payload.of(data)));
    } catch (InvalidArgumentsError e) {
      return CompletableFuture.failedFuture(e);
    }
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
