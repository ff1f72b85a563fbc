// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.deltas;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.core.deltas.DeltaForm;
import io.socketcluster.core.deltas.ExactTree;
import io.socketcluster.core.deltas.JsonDiff;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The last values of one channel: that of each key, or the only one. Each message is compared with
 * the value before it once, for all subscribers, under the lock of its channel. Thread-safe.
 */
public final class ChannelDeltas {
  /** A longer value is sent as it is. */
  private static final int LONGEST_VALUE = 16_384;

  private static final int LONGEST_KEY = 256;

  /** The memory of a value besides its tree and its key. */
  private static final int OVERHEAD = 200;

  private static final String ONLY = "";

  private final String channel;
  private final @Nullable String keyProperty;
  private final DeltaMemory memory;

  @GuardedBy("this")
  private final Map<String, Base> bases = new LinkedHashMap<>(4, 0.75f, true); // least used first

  @GuardedBy("this")
  private final BitSet slots = new BitSet();

  @GuardedBy("this")
  private long version;

  @GuardedBy("this")
  private long held; // of the memory

  @GuardedBy("this")
  private boolean isClosed;

  /** The last value of a key, which clients keep in a slot. */
  private record Base(int slot, long version, JsonNode value, long bytes) {}

  /**
   * @param keyProperty the property that tells the values of a channel apart, or null
   */
  ChannelDeltas(String channel, @Nullable String keyProperty, DeltaMemory memory) {
    this.channel = channel;
    this.keyProperty = keyProperty;
    this.memory = memory;
  }

  /**
   * Returns the next message of the channel in its two forms.
   *
   * @param published is not decoded itself: it may be kept for long, and would keep the tree
   * @param around is put around each of them
   */
  public synchronized Delta next(@Nullable Payload published, UnaryOperator<Payload> around) {
    version++;
    Payload data = published == null ? null : ExactTree.twin(published); // a history may keep it
    JsonNode value = data == null ? null : valueOf(data);
    String key = value == null ? null : keyOf(value);
    Base before = key == null ? null : bases.remove(key);
    Base after = value == null || key == null ? null : keep(key, before, value);
    if (data == null || after == null) {
      return new Delta(version, 0, message(around, DeltaForm.passing(data)), null);
    }
    ChannelMessage whole = message(around, DeltaForm.kept(after.slot(), data));
    Payload smaller = before == null ? null : difference(before, after, data.size());
    return before == null || smaller == null
        ? new Delta(version, 0, whole, null)
        : new Delta(version, before.version(), whole, message(around, smaller));
  }

  private ChannelMessage message(UnaryOperator<Payload> around, Payload form) {
    return new ChannelMessage(channel, around.apply(form));
  }

  /** Returns what differences can belong to, or null. */
  private static @Nullable JsonNode valueOf(Payload data) {
    try {
      JsonNode value = data.size() > LONGEST_VALUE ? null : ExactTree.of(data);
      return value != null && value.isContainer() ? value : null;
    } catch (RuntimeException e) { // a number that Jackson refuses, for instance
      return null;
    }
  }

  private @Nullable String keyOf(JsonNode value) {
    if (keyProperty == null) {
      return ONLY;
    }
    JsonNode key = value.get(keyProperty);
    if (key == null || key.isContainer() || key.isNull()) {
      return null;
    }
    String text = key.toString();
    return text.length() > LONGEST_KEY ? null : text;
  }

  /**
   * Keeps a value in the slot of the one before it, in a free slot, or in that of the key that was
   * used least recently. Returns null if there is no memory.
   *
   * @param before is not kept any more
   */
  @GuardedBy("this")
  private @Nullable Base keep(String key, @Nullable Base before, JsonNode value) {
    if (before != null) {
      forget(before);
    }
    long bytes = bytesOf(key, value);
    if (isClosed || !makeRoom(bytes)) {
      return null;
    }
    int slot = before == null ? slots.nextClearBit(0) : before.slot();
    slots.set(slot);
    Base kept = new Base(slot, version, value, bytes);
    bases.put(key, kept);
    return kept;
  }

  /** Takes the memory for a value, from the keys that were used least recently if need be. */
  @GuardedBy("this")
  private boolean makeRoom(long bytes) {
    if (!memory.hasRoom(bytes, held)) {
      memory.tellOfFullness(channel);
      return false;
    }
    while (bases.size() >= DeltaForm.SLOTS
        || held + bytes > memory.share()
        || !memory.reserve(bytes)) {
      if (bases.isEmpty()) {
        return false;
      }
      forgetEldest();
    }
    held += bytes;
    return true;
  }

  private static long bytesOf(String key, JsonNode value) {
    Footprint footprint = new Footprint();
    footprint.add(value);
    return footprint.bytes() + OVERHEAD + 2L * key.length();
  }

  @GuardedBy("this")
  private void forgetEldest() {
    Iterator<Base> eldest = bases.values().iterator();
    forget(eldest.next());
    eldest.remove();
  }

  @GuardedBy("this")
  private void forget(Base base) {
    slots.clear(base.slot());
    memory.release(base.bytes());
    held -= base.bytes();
  }

  private static @Nullable Payload difference(Base before, Base after, int size) {
    ArrayNode patch = JsonDiff.between(before.value(), after.value(), size);
    Payload difference = patch == null ? null : DeltaForm.patch(after.slot(), patch);
    return difference == null || difference.size() >= size ? null : difference;
  }

  /** Gives its memory back. */
  synchronized void close() {
    isClosed = true;
    bases.values().forEach(this::forget);
    bases.clear();
  }

  String channel() {
    return channel;
  }
}
