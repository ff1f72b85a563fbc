// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.store.StoreFunction;
import io.socketcluster.store.StoreValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The verbs below a path: each is one update. */
class Values implements StoreValues {
  private static final List<String> HERE = List.of();

  private final List<String> base;
  private final @Nullable Duration expireAfter;
  final Updates updates;
  final Functions functions;

  /**
   * Has the verbs below a path.
   *
   * @param expireAfter the expiry of what is changed; null for none
   */
  Values(List<String> base, @Nullable Duration expireAfter, Updates updates, Functions functions) {
    this.base = base;
    this.expireAfter = expireAfter;
    this.updates = updates;
    this.functions = functions;
  }

  private List<String> below(List<String> path) {
    if (base.isEmpty()) {
      return path;
    }
    List<String> whole = new ArrayList<>(base);
    whole.addAll(path);
    return whole;
  }

  private <T extends @Nullable Object> CompletableFuture<T> change(
      String verb, List<String> path, Function<Draft, T> work) {
    return updates.change(verb, below(path), expireAfter == null ? work : expiring(work));
  }

  private <T extends @Nullable Object> Function<Draft, T> expiring(Function<Draft, T> work) {
    return draft -> {
      T result = work.apply(draft);
      if (draft.isChanged() && expireAfter != null) {
        draft.expire(expireAfter);
      }
      return result;
    };
  }

  @SuppressWarnings("NullAway") // Void has no value but null
  private CompletableFuture<Void> act(String verb, List<String> path, Work work) {
    return change(
        verb,
        path,
        draft -> {
          work.accept(draft);
          return null;
        });
  }

  /** What a verb without a result does. */
  private interface Work {
    void accept(Draft draft);
  }

  @Override
  public CompletableFuture<JsonNode> get(List<String> path) {
    return change("get", path, draft -> draft.get(HERE));
  }

  @Override
  public <T> CompletableFuture<@Nullable T> get(List<String> path, Class<T> type) {
    Objects.requireNonNull(type, "type");
    return change("get", path, draft -> draft.hasKey(HERE) ? bound(draft.get(HERE), type) : null);
  }

  private static <T> @Nullable T bound(JsonNode value, Class<T> type) {
    return Payload.of(value).as(type);
  }

  @Override
  public CompletableFuture<Void> set(List<String> path, @Nullable Object value) {
    return withCopy(value, copy -> act("set", path, draft -> draft.set(HERE, copy)));
  }

  @Override
  public CompletableFuture<Integer> add(List<String> path, @Nullable Object value) {
    return withCopy(value, copy -> change("add", path, draft -> draft.add(HERE, copy)));
  }

  @Override
  public CompletableFuture<Void> concat(List<String> path, @Nullable Object values) {
    return withCopy(values, copy -> act("concat", path, draft -> draft.concat(HERE, copy)));
  }

  /** Copies a value once, however often the update is repeated. */
  private <T extends @Nullable Object> CompletableFuture<T> withCopy(
      @Nullable Object value, Function<Copied, CompletableFuture<T>> next) {
    return guarded(() -> next.apply(Copied.of(value)));
  }

  /** What is wrong with an argument is the failure of the future. */
  private static <T extends @Nullable Object> CompletableFuture<T> guarded(
      Supplier<CompletableFuture<T>> call) {
    try {
      return call.get();
    } catch (AGException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletableFuture<JsonNode> remove(List<String> path) {
    return change("remove", path, draft -> draft.remove(HERE));
  }

  @Override
  public CompletableFuture<Integer> count(List<String> path) {
    return change("count", path, draft -> draft.count(HERE));
  }

  @Override
  public CompletableFuture<JsonNode> getRange(List<String> path, int from, int to) {
    return change("getRange", path, draft -> draft.getRange(HERE, from, to));
  }

  @Override
  public CompletableFuture<JsonNode> splice(
      List<String> path, int index, int count, List<?> items) {
    return guarded(
        () -> {
          List<Copied> copies = items.stream().map(Copied::of).toList();
          return change("splice", path, draft -> draft.splice(HERE, index, count, copies));
        });
  }

  @Override
  public CompletableFuture<JsonNode> pop(List<String> path) {
    return change("pop", path, draft -> draft.pop(HERE));
  }

  @Override
  public CompletableFuture<Boolean> hasKey(List<String> path) {
    return change("hasKey", path, draft -> draft.hasKey(HERE));
  }

  @Override
  public CompletableFuture<JsonNode> getAll() {
    return get(HERE)
        .thenApply(all -> all.isMissingNode() ? JsonNodeFactory.instance.objectNode() : all);
  }

  @Override
  public CompletableFuture<Void> removeAll() {
    return act("removeAll", HERE, draft -> draft.remove(HERE));
  }

  @Override
  public CompletableFuture<JsonNode> run(
      String function, List<String> baseKey, @Nullable Object data) {
    return guarded(
        () -> {
          StoreFunction found = functions.named(function);
          JsonNode given = Copied.result(data);
          return change("run", baseKey, draft -> Copied.result(found.apply(draft, given)));
        });
  }

  @Override
  public StoreValues at(List<String> baseKey) {
    return below(baseKey, expireAfter);
  }

  final Values below(List<String> baseKey, @Nullable Duration expiry) {
    if (baseKey.isEmpty()) {
      throw new InvalidArgumentsError("The path is empty; allowed: one key or more");
    }
    return new Values(List.copyOf(below(baseKey)), expiry, updates, functions);
  }
}
