// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The names of a store in Redis. */
final class RedisNames {
  private final byte[] keyPrefix;
  private final byte[] changes;
  private final String pattern;

  RedisNames(String prefix) {
    this.keyPrefix = (prefix + ":value:").getBytes(UTF_8);
    this.changes = (prefix + ":changes").getBytes(UTF_8);
    this.pattern = (prefix + ":value:").replaceAll("[\\[\\]*?\\\\^-]", "\\\\$0") + "*";
  }

  /** Returns the name of the value of a key. */
  byte[] value(String key) {
    byte[] text = key.getBytes(UTF_8);
    byte[] name = Arrays.copyOf(keyPrefix, keyPrefix.length + text.length);
    System.arraycopy(text, 0, name, keyPrefix.length, text.length);
    return name;
  }

  /** Returns the key that a name belongs to. */
  String key(byte[] name) {
    return new String(name, keyPrefix.length, name.length - keyPrefix.length, UTF_8);
  }

  /** Returns the pattern that all names of values match, and no others. */
  String pattern() {
    return pattern;
  }

  /** Returns the channel on which changes are told. */
  byte[] changes() {
    return changes.clone();
  }
}
