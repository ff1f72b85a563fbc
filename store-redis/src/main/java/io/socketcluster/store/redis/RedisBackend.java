// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.socketcluster.protocol.Payload;
import io.socketcluster.store.StoreChange;
import io.socketcluster.store.StoreError;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.store.spi.StoreBackend;
import io.socketcluster.store.spi.StoreWrite;
import io.socketcluster.store.spi.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values in Redis: a hash for each key, of the value and its stamp. */
final class RedisBackend implements StoreBackend {
  private static final byte[] STAMP = {'s'};
  private static final byte[] VALUE = {'v'};

  private final Calls calls;
  private final RedisNames names;
  private final WholeStore whole;
  private final RedisLink link;

  RedisBackend(RedisLink link, String prefix, StoreOptions options) {
    this.link = link;
    this.calls = new Calls(link);
    this.names = new RedisNames(prefix);
    this.whole = new WholeStore(names, options);
  }

  @Override
  public void start(Consumer<StoreChange> changes) {
    link.start(
        new RedisLink.Listener() {
          @Override
          public byte[] channel() {
            return names.changes();
          }

          @Override
          public void message(byte[] message) {
            StoreChange change = ChangeCodec.decode(message);
            if (change != null) {
              changes.accept(change);
            }
          }

          @Override
          public void missed() {
            changes.accept(new StoreChange(StoreChange.MISSED, List.of()));
          }
        });
  }

  @Override
  public CompletableFuture<StoredValue> read(String key) {
    byte[] name = names.value(key);
    return calls
        .send(commands -> commands.hmget(name, STAMP, VALUE))
        .thenApply(fields -> stored(key, fields));
  }

  private static StoredValue stored(String key, List<KeyValue<byte[], byte[]>> fields) {
    if (!fields.get(0).hasValue() || !fields.get(1).hasValue()) {
      return StoredValue.missing(key);
    }
    return new StoredValue(key, json(fields.get(1).getValue()), fields.get(0).getValue());
  }

  /** Parses what this module has written, or what somebody else has put in its place. */
  static JsonNode json(byte[] bytes) {
    try {
      return Payload.ofJson(bytes, 0, bytes.length).node();
    } catch (RuntimeException e) {
      throw new StoreError("Redis has a value of the store that is no JSON", e);
    }
  }

  @Override
  public CompletableFuture<Boolean> replace(StoredValue before, StoreWrite write) {
    byte[] stamp = before.stamp() instanceof byte[] read ? read : new byte[0];
    boolean isRemoved = write.value().isMissingNode();
    byte[] json = isRemoved ? new byte[0] : Payload.of(write.value()).toBytes();
    byte[] message = ChangeCodec.encode(write.change());
    byte[][] arguments = {
      stamp, Stamps.next(), json, milliseconds(write.expiry()), names.changes(), message
    };
    byte[][] keys = {names.value(before.key())};
    return calls.send(commands -> ReplaceScript.run(commands, keys, arguments));
  }

  private static byte[] milliseconds(@Nullable Duration expiry) {
    return expiry == null ? new byte[0] : Long.toString(expiry.toMillis()).getBytes(UTF_8);
  }

  @Override
  public CompletableFuture<List<String>> keys() {
    return calls.work(whole::keys);
  }

  @Override
  public CompletableFuture<Map<String, JsonNode>> readAll() {
    return calls.work(whole::readAll);
  }

  @Override
  public CompletableFuture<Void> removeAll() {
    byte[] change = ChangeCodec.encode(new StoreChange("removeAll", List.of()));
    return calls
        .work(
            answers -> {
              whole.removeAll(answers, change);
              return true;
            })
        .thenAccept(done -> {});
  }

  @Override
  public CompletableFuture<Boolean> expire(String key, @Nullable Duration after) {
    byte[] name = names.value(key);
    return after == null
        ? calls.send(commands -> persist(commands, name))
        : calls.send(commands -> commands.pexpire(name, after.toMillis()));
  }

  private static CompletionStage<Boolean> persist(
      RedisAsyncCommands<byte[], byte[]> commands, byte[] name) {
    return commands
        .persist(name)
        .thenCombine(commands.exists(name), (removed, exists) -> exists > 0);
  }

  @Override
  public CompletableFuture<@Nullable Instant> expiry(String key) {
    byte[] name = names.value(key);
    return calls
        .send(commands -> commands.pttl(name))
        .thenApply(left -> left < 0 ? null : Instant.now().plusMillis(left));
  }

  @Override
  public void close() {
    link.close();
  }
}
