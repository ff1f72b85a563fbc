// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

/**
 * The messages of one channel that this server has in memory, with the epoch that they belong to,
 * and their part of the memory of all. Guarded by its history.
 */
final class HistoryWindow {
  private final ChannelHistory owner;
  private final HistoryMemory memory;
  private final long maxAge;
  private final KeptMessages messages;
  private Envelope envelope;
  private boolean isCounted; // among those that keep messages

  HistoryWindow(ChannelHistory owner, Rule rule, Envelope envelope) {
    this.owner = owner;
    this.memory = rule.memory();
    this.maxAge = rule.policy().historyAge().toNanos();
    this.messages = new KeptMessages(rule.policy().historySize(), rule.policy().historyBytes());
    this.envelope = envelope;
  }

  Envelope envelope() {
    return envelope;
  }

  KeptMessages messages() {
    return messages;
  }

  long lastOffset() {
    return messages.lastOffset();
  }

  boolean isEmpty() {
    return messages.count() == 0;
  }

  void add(Kept kept) {
    long before = messages.bytes();
    messages.expire(kept.at() - maxAge);
    messages.add(kept);
    count(before);
  }

  void clear() {
    long before = messages.bytes();
    messages.clear();
    count(before);
  }

  /** Drops everything, and goes on in an epoch behind an offset. */
  void restart(Envelope other, long offset) {
    long before = messages.bytes();
    envelope = other;
    messages.restart(offset);
    count(before);
  }

  /** Drops what is too old; returns the moment before which that is so. */
  long dropOld(long now) {
    long before = messages.bytes();
    messages.expire(now - maxAge);
    count(before);
    return now - maxAge;
  }

  private void count(long bytesBefore) {
    memory.changed(messages.bytes() - bytesBefore);
    boolean keepsAny = messages.count() > 0;
    if (keepsAny != isCounted) {
      isCounted = keepsAny;
      if (keepsAny) {
        memory.add(owner);
      } else {
        memory.remove(owner);
      }
    }
  }
}
