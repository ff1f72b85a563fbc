// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.store.StoreOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What reads or removes all values: a walk over the keys of Redis. */
final class WholeStore {
  private static final int KEYS_AT_ONCE = 500;
  private static final byte[] VALUE = {'v'};

  private final RedisNames names;
  private final StoreOptions options;

  WholeStore(RedisNames names, StoreOptions options) {
    this.names = names;
    this.options = options;
  }

  /** Takes some names at a time. */
  private interface Step {
    void take(List<byte[]> some) throws Exception;
  }

  private void walk(Answers answers, Step step) throws Exception {
    ScanArgs matching = ScanArgs.Builder.matches(names.pattern()).limit(KEYS_AT_ONCE);
    KeyScanCursor<byte[]> cursor = answers.await(answers.commands().scan(matching));
    step.take(cursor.getKeys());
    while (!cursor.isFinished()) {
      cursor = answers.await(answers.commands().scan(cursor, matching));
      step.take(cursor.getKeys());
    }
  }

  List<String> keys(Answers answers) throws Exception {
    Set<String> keys = new LinkedHashSet<>(); // a walk may come to a key twice
    walk(
        answers,
        some -> {
          some.forEach(name -> keys.add(names.key(name)));
          if (keys.size() > options.keyLimit()) {
            throw new ResourceLimitError(
                "The store has more keys than keyLimit, which is " + options.keyLimit());
          }
        });
    return List.copyOf(keys);
  }

  Map<String, JsonNode> readAll(Answers answers) throws Exception {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    long bytes = 0;
    List<String> keys = keys(answers);
    for (int i = 0; i < keys.size(); i += KEYS_AT_ONCE) {
      List<String> part = keys.subList(i, Math.min(keys.size(), i + KEYS_AT_ONCE));
      List<RedisFuture<byte[]>> asked = new ArrayList<>();
      for (String key : part) {
        asked.add(answers.commands().hget(names.value(key), VALUE));
      }
      for (int j = 0; j < part.size(); j++) {
        byte @Nullable [] value = answers.await(asked.get(j));
        if (value != null) {
          bytes += part.get(j).length() + (long) value.length;
          checkBytes(bytes);
          all.put(part.get(j), RedisBackend.json(value));
        }
      }
    }
    return all;
  }

  private void checkBytes(long bytes) {
    if (bytes > options.byteLimit()) {
      throw new ResourceLimitError(
          "The store has more bytes than byteLimit, which is " + options.byteLimit());
    }
  }

  /** Removes everything, and tells of it. */
  void removeAll(Answers answers, byte[] change) throws Exception {
    walk(
        answers,
        some -> {
          if (!some.isEmpty()) {
            answers.await(answers.commands().unlink(some.toArray(byte[][]::new)));
          }
        });
    answers.await(answers.commands().publish(names.changes(), change));
  }
}
