// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.history.Envelope.Note;
import io.socketcluster.server.internal.outbound.SharedFrame;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The history of one channel in memory. It numbers the messages in the channel's order, keeps them,
 * and passes them with their positions to its followers. Thread-safe: the monitor is held for the
 * time that followers need to accept a message.
 */
public final class ChannelHistory implements ChannelSubscriber {
  /** The memory of a channel besides its messages and the characters of its name. */
  private static final int OVERHEAD = 600;

  private static final Follower[] NONE = {};

  private final String channel;
  private final long maxAge;
  private final HistoryMemory memory;
  private final LongSupplier clock;
  private final boolean isShared;
  private final Envelope envelope = Envelope.ofNewEpoch();

  @GuardedBy("this")
  private final KeptMessages messages;

  @GuardedBy("this")
  private Follower[] followers = NONE;

  @GuardedBy("this")
  private boolean isCounted; // among those that keep messages

  @GuardedBy("this")
  private boolean isRelieved; // of its messages, and nothing was kept since

  @GuardedBy("this")
  private boolean ended;

  private volatile long usedAt;
  private CompletableFuture<Void> subscribed = new CompletableFuture<>(); // set before it is shared

  /**
   * Subscribers that are sent the positions, too. Both methods only accept, as a subscriber does.
   */
  public interface Follower {
    /**
     * Accepts a message.
     *
     * @param enveloped the message with its position
     * @param envelope puts other data in its place
     */
    void deliver(ChannelMessage enveloped, Kept kept, SharedFrame.Envelope envelope);

    /** Accepts what is told beside the messages. */
    void deliverNote(Payload note);
  }

  /**
   * A place in the history.
   *
   * @param note what is told of it, or null
   */
  public record Place(long offset, @Nullable Payload note) {}

  /**
   * The messages behind a place.
   *
   * @param note what is told before the messages, or null
   * @param through the place behind the messages
   * @param isLast whether there is nothing more at this moment
   */
  public record Page(@Nullable Payload note, List<Kept> messages, long through, boolean isLast) {}

  /**
   * @param isShared whether other servers have histories of this channel of their own
   */
  ChannelHistory(
      String channel, Rule rule, HistoryMemory memory, LongSupplier clock, boolean isShared) {
    this.channel = channel;
    this.memory = memory;
    this.clock = clock;
    this.isShared = isShared;
    this.maxAge = rule.policy().historyAge().toNanos();
    this.messages = new KeptMessages(rule.policy().historySize(), rule.policy().historyBytes());
    this.usedAt = clock.getAsLong();
    memory.changed(bytesFor(channel));
  }

  static int bytesFor(String channel) {
    return OVERHEAD + 2 * channel.length();
  }

  public String channel() {
    return channel;
  }

  void subscribedWhen(CompletableFuture<Void> future) {
    subscribed = future;
  }

  /** Returns what completes when all messages are kept, or fails. */
  public CompletableFuture<Void> subscribed() {
    return subscribed;
  }

  long usedAt() {
    return usedAt;
  }

  @Override
  public void deliver(ChannelMessage message) {
    Payload data = message.data();
    keep(data == null ? null : alone(data));
    if (memory.isOver()) {
      memory.relieve();
    }
  }

  /** A received payload refers to the whole message that it came in. */
  private static Payload alone(Payload data) {
    byte[] json = data.toBytes();
    return Payload.ofJson(json, 0, json.length);
  }

  private synchronized void keep(@Nullable Payload data) {
    if (ended) {
      return; // it was under way
    }
    long now = clock.getAsLong();
    usedAt = now;
    Kept kept = new Kept(messages.lastOffset() + 1, now, data);
    add(kept);
    if (followers.length > 0) {
      pass(kept);
    }
  }

  @GuardedBy("this")
  private void add(Kept kept) {
    long before = messages.bytes();
    messages.expire(kept.at() - maxAge);
    messages.add(kept);
    isRelieved = false;
    count(before);
  }

  @GuardedBy("this")
  private void count(long bytesBefore) {
    memory.changed(messages.bytes() - bytesBefore);
    boolean keepsAny = messages.count() > 0;
    if (keepsAny != isCounted) {
      isCounted = keepsAny;
      if (keepsAny) {
        memory.add(this);
      } else {
        memory.remove(this);
      }
    }
  }

  @GuardedBy("this")
  private void pass(Kept kept) {
    ChannelMessage enveloped = enveloped(kept);
    try {
      for (Follower follower : followers) {
        follower.deliver(enveloped, kept, data -> around(kept, data));
      }
    } finally {
      enveloped.delivered();
    }
  }

  /** Returns a message with its position. */
  public ChannelMessage enveloped(Kept kept) {
    return new ChannelMessage(channel, envelope.message(kept.offset(), kept.data()));
  }

  /** Returns data with the position of a message. */
  public Payload around(Kept kept, @Nullable Payload data) {
    return envelope.message(kept.offset(), data);
  }

  /** Returns what a subscriber is told of a gap. */
  public Payload noteOf(Kept gap) {
    return envelope.note(gap.offset(), Note.BROKER);
  }

  /** Messages may be missing here: those who come later are told, too. */
  synchronized void gap() {
    if (ended) {
      return;
    }
    Kept gap = Kept.gap(messages.lastOffset() + 1, clock.getAsLong());
    add(gap);
    for (Follower follower : followers) {
      follower.deliverNote(noteOf(gap));
    }
  }

  /** Returns where a subscription begins, and what it is told of that. */
  public synchronized Place find(Recovery wanted) {
    String epoch = wanted.epoch();
    if (epoch == null || wanted.offset() < 0) {
      long offset = messages.before(wanted.last());
      return new Place(offset, envelope.note(offset, Note.START));
    }
    if (epoch.equals(envelope.epoch()) && wanted.offset() <= messages.lastOffset()) {
      return new Place(wanted.offset(), null);
    }
    long offset = isShared ? messages.lastOffset() : messages.droppedThrough();
    return new Place(offset, envelope.note(offset, Note.EPOCH));
  }

  /**
   * Returns what follows a place.
   *
   * @param atEnd is run if that is all, before anything else is kept
   */
  public synchronized Page after(long offset, int byteLimit, Runnable atEnd) {
    dropOld();
    long from = Math.max(offset, messages.droppedThrough());
    Payload note = from == offset ? null : envelope.note(from, Note.TRIMMED);
    List<Kept> found = messages.after(from, byteLimit);
    long through = found.isEmpty() ? from : found.getLast().offset();
    boolean isLast = through == messages.lastOffset();
    if (isLast) {
      atEnd.run();
    }
    return new Page(note, found, through, isLast);
  }

  synchronized void attach(Follower follower) {
    Follower[] grown = Arrays.copyOf(followers, followers.length + 1);
    grown[followers.length] = follower;
    followers = grown;
  }

  /** Ends the deliveries to a follower. */
  @SuppressWarnings("ReferenceEquality") // a follower is who it is
  public synchronized void detach(Follower follower) {
    usedAt = clock.getAsLong();
    followers = Arrays.stream(followers).filter(each -> each != follower).toArray(Follower[]::new);
  }

  synchronized boolean hasMessages() {
    return messages.count() > 0;
  }

  /** Drops all messages, because others need the memory. */
  synchronized void relieve() {
    clear();
    isRelieved = true;
  }

  @GuardedBy("this")
  private void clear() {
    long before = messages.bytes();
    messages.clear();
    count(before);
  }

  /** Drops what is too old; returns whether nothing is left that anybody needs. */
  synchronized boolean expire() {
    boolean isUnused = usedAt - dropOld() < 0;
    return messages.count() == 0 && followers.length == 0 && (isUnused || isRelieved);
  }

  @GuardedBy("this")
  private long dropOld() {
    long before = messages.bytes();
    long oldest = clock.getAsLong() - maxAge;
    messages.expire(oldest);
    count(before);
    return oldest;
  }

  /** Nothing is kept any more. */
  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    clear();
    memory.changed(-bytesFor(channel));
  }
}
