// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreError;
import io.socketcluster.store.spi.StoreBackend;
import io.socketcluster.store.spi.StoreWrite;
import io.socketcluster.store.spi.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The values of a {@link SharedStoreServer}, which a worker reads and replaces by its calls. */
final class SharedBackend implements StoreBackend {
  private static final int KEYS_AT_ONCE = 500;

  private final StoreLink link;

  SharedBackend(StoreLink link) {
    this.link = link;
  }

  @Override
  public void start(Consumer<StoreChange> changes) {
    link.start(changes);
  }

  @Override
  public CompletableFuture<StoredValue> read(String key) {
    return link.call(StoreCall.READ, List.of(key), texts -> stored(key, texts.path(0)));
  }

  private static StoredValue stored(String key, JsonNode text) {
    StampedJson found = StampedJson.parse(text.stringValue(""));
    return found == null
        ? StoredValue.missing(key)
        : new StoredValue(key, found.value(), found.stamp());
  }

  @Override
  public CompletableFuture<Boolean> replace(StoredValue before, StoreWrite write) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("key", before.key());
    if (before.stamp() instanceof String stamp) {
      data.put("stamp", stamp);
    }
    if (!write.value().isMissingNode()) {
      data.put("value", StampedJson.of(write.value()).text());
    }
    data.put("expiry", Milliseconds.of(write.expiry()));
    data.set("change", ChangeMessage.of(write.change()));
    return link.call(StoreCall.REPLACE, data, JsonNode::booleanValue);
  }

  @Override
  public CompletableFuture<List<String>> keys() {
    return link.call(
        StoreCall.KEYS, null, keys -> keys.valueStream().map(JsonNode::stringValue).toList());
  }

  @Override
  public CompletableFuture<Map<String, JsonNode>> readAll() {
    return keys().thenApplyAsync(this::readEach, Thread::startVirtualThread);
  }

  private Map<String, JsonNode> readEach(List<String> keys) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    int read = 0;
    while (read < keys.size()) {
      List<String> next = keys.subList(read, Math.min(keys.size(), read + KEYS_AT_ONCE));
      JsonNode texts = link.call(StoreCall.READ, next, answer -> answer).join();
      if (texts.isEmpty()) {
        throw new StoreError("The shared store of the workers answers with no values", null);
      }
      for (int i = 0; i < texts.size(); i++) {
        StoredValue value = stored(next.get(i), texts.get(i));
        if (value.stamp() != null) {
          all.put(value.key(), value.value());
        }
      }
      read += texts.size();
    }
    return all;
  }

  @Override
  public CompletableFuture<Void> removeAll() {
    return link.call(StoreCall.REMOVE_ALL, null, answer -> answer).thenAccept(done -> {});
  }

  @Override
  public CompletableFuture<Boolean> expire(String key, @Nullable Duration after) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("key", key);
    data.put("after", Milliseconds.of(after));
    return link.call(StoreCall.EXPIRE, data, JsonNode::booleanValue);
  }

  @Override
  public CompletableFuture<@Nullable Instant> expiry(String key) {
    return link.call(StoreCall.EXPIRY, key, Milliseconds::instant);
  }

  @Override
  public void close() {
    link.close();
  }
}
