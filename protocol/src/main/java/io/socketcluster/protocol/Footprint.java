// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Adds up about how many bytes of the heap packets and values keep alive. A large object counts
 * once, however many of those that were added refer to it: the packets of one batch share the
 * message that they came in. Not thread-safe.
 */
public final class Footprint {
  /** Smaller objects count each time: to find out that they were counted would cost as much. */
  private static final int LARGE = 1024;

  private static final int ARRAY = 16;
  private static final int TEXT = 24 + ARRAY;
  private static final int PAYLOAD = 40;
  private static final int NODE = 24;
  private static final int CONTAINER = 104;
  private static final int MEMBER = 56;

  private long bytes;
  private @Nullable Object last; // the items of a batch follow each other
  private @Nullable Set<Object> counted;

  /** Begins with nothing. */
  public Footprint() {}

  /** Returns the sum. */
  public long bytes() {
    return bytes;
  }

  /** Adds a number of bytes. */
  public void addBytes(long more) {
    bytes += more;
  }

  /** Adds an array. */
  public void add(byte[] array) {
    addOnce(array, ARRAY + array.length);
  }

  /** Adds a text of which every character takes a byte; others may take two. */
  public void add(@Nullable String text) {
    if (text != null) {
      addOnce(text, TEXT + text.length());
    }
  }

  /** Adds a payload: its encoded form, and the tree if it has been decoded. */
  public void add(@Nullable Payload payload) {
    if (payload != null) {
      bytes += PAYLOAD;
      payload.addTo(this);
    }
  }

  /** Adds a tree. */
  public void add(@Nullable JsonNode tree) {
    if (tree != null && isNew(tree)) {
      addNode(tree);
    }
  }

  private void addNode(JsonNode node) {
    if (node.isObject()) {
      bytes += CONTAINER;
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        bytes += MEMBER + TEXT + member.getKey().length();
        addNode(member.getValue());
      }
    } else if (node.isArray()) {
      bytes += CONTAINER;
      node.forEach(this::addNode);
    } else {
      bytes += NODE + (node.isString() ? TEXT + node.stringValue().length() : 0);
    }
  }

  private void addOnce(Object object, int size) {
    if (size < LARGE || isNew(object)) {
      bytes += size;
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very object
  private boolean isNew(Object object) {
    if (object == last) {
      return false;
    }
    last = object;
    Set<Object> known = counted;
    if (known == null) {
      known = Collections.newSetFromMap(new IdentityHashMap<>());
      counted = known;
    }
    return known.add(object);
  }
}
