// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.broker.history.KeptMessage;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.history.Envelope.Note;
import io.socketcluster.server.internal.outbound.SharedFrame;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The history of one channel in memory. It numbers the messages in the channel's order, or takes
 * the numbers of a broker that keeps them for all servers. It passes them with their positions to
 * its followers. Thread-safe: the monitor is held for the time that followers need to accept a
 * message.
 */
public final class ChannelHistory implements ChannelSubscriber {
  /** The memory of a channel besides its messages and the characters of its name. */
  private static final int OVERHEAD = 600;

  /** A history at the broker that nobody wants is followed for so long. */
  private static final long UNUSED_NANOS = Duration.ofSeconds(30).toNanos();

  private static final Follower[] NONE = {};

  private final String channel;
  private final HistoryMemory memory;
  private final LongSupplier clock;
  private final boolean isShared;
  private final Consumer<Throwable> failures;

  @GuardedBy("this")
  private final HistoryWindow window;

  @GuardedBy("this")
  private Follower[] followers = NONE;

  @GuardedBy("this")
  private boolean isRelieved; // of its messages, and nothing was kept since

  @GuardedBy("this")
  private boolean ended;

  private volatile long usedAt;
  private CompletableFuture<Void> subscribed = new CompletableFuture<>(); // set before it is shared
  private @Nullable BrokerHistory source; // as that

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
   * @param isShared whether other servers have histories of this channel of their own
   * @param failures is told what fails in a follower
   */
  ChannelHistory(
      String channel,
      Rule rule,
      LongSupplier clock,
      boolean isShared,
      Consumer<Throwable> failures) {
    this.channel = channel;
    this.memory = rule.memory();
    this.clock = clock;
    this.isShared = isShared;
    this.failures = failures;
    this.window =
        new HistoryWindow(this, rule, rule.isAtBroker() ? Envelope.UNKNOWN : Envelope.ofNewEpoch());
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

  /** A broker keeps the messages. */
  void comesFrom(BrokerHistory broker) {
    source = broker;
  }

  /** Returns the history at the broker that this one follows, or null. */
  public @Nullable BrokerHistory source() {
    return source;
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
    keep(alone(message.data()));
    relieveOthers();
  }

  /** The caller does not hold the monitor. */
  private void relieveOthers() {
    if (memory.isOver()) {
      memory.relieve();
    }
  }

  /** A received payload refers to the whole message that it came in. */
  private static @Nullable Payload alone(@Nullable Payload data) {
    if (data == null) {
      return null;
    }
    byte[] json = data.toBytes();
    return Payload.ofJson(json, 0, json.length);
  }

  private synchronized void keep(@Nullable Payload data) {
    if (ended) {
      return; // it was under way
    }
    long now = clock.getAsLong();
    usedAt = now;
    append(new Kept(window.lastOffset() + 1, now, data));
  }

  /** Keeps a message or a gap, and tells the followers. */
  @GuardedBy("this")
  private void append(Kept kept) {
    window.add(kept);
    isRelieved = false;
    if (kept.isGap()) {
      tell(kept.offset(), Note.BROKER);
    } else if (followers.length > 0) {
      pass(kept);
    }
  }

  @GuardedBy("this")
  private void pass(Kept kept) {
    Envelope envelope = window.envelope();
    ChannelMessage enveloped =
        new ChannelMessage(channel, envelope.message(kept.offset(), kept.data()));
    try {
      for (Follower follower : followers) {
        passTo(follower, enveloped, kept, envelope);
      }
    } finally {
      enveloped.delivered();
    }
  }

  /** A message that a codec cannot encode harms neither the other followers nor what comes next. */
  private void passTo(Follower follower, ChannelMessage enveloped, Kept kept, Envelope envelope) {
    try {
      follower.deliver(enveloped, kept, data -> envelope.message(kept.offset(), data));
    } catch (RuntimeException | Error e) { // of a codec of the application's own
      failed(e);
    }
  }

  /** Tells the application that a message could not be sent to a subscriber. */
  public void failed(Throwable failure) {
    failures.accept(failure);
  }

  @GuardedBy("this")
  private void tell(long offset, Note note) {
    for (Follower follower : followers) {
      follower.deliverNote(window.envelope().note(offset, note));
    }
  }

  /** Messages may be missing here: those who come later are told, too. */
  synchronized void gap() {
    if (!ended) {
      append(Kept.gap(window.lastOffset() + 1, clock.getAsLong()));
    }
  }

  /** A message came that the broker has not kept: nobody can ask for it later. */
  synchronized void unnumbered() {
    tell(window.lastOffset(), Note.BROKER);
  }

  /**
   * Takes a message with the number of the broker.
   *
   * @param isInTouch whether nothing was missed since the last one
   * @return whether nothing is missing before it
   */
  boolean accept(HistoryPosition position, @Nullable Payload data, boolean isInTouch) {
    boolean isComplete = acceptNext(position, alone(data), isInTouch);
    relieveOthers();
    return isComplete;
  }

  private synchronized boolean acceptNext(
      HistoryPosition position, @Nullable Payload data, boolean isInTouch) {
    if (ended) {
      return true;
    }
    if (!window.envelope().isOf(position.epoch()) && !begins(position, isInTouch)) {
      return false;
    }
    if (position.offset() <= window.lastOffset()) {
      return true; // it is here already
    }
    if (position.previous() > window.lastOffset()) {
      return false;
    }
    append(new Kept(position.offset(), clock.getAsLong(), data));
    return true;
  }

  /** The first message here is the beginning; so is the first message of an epoch. */
  @GuardedBy("this")
  private boolean begins(HistoryPosition position, boolean isInTouch) {
    boolean isFirst = position.previous() == 0 && isInTouch;
    if (!isFirst && isKnown()) {
      return false;
    }
    window.restart(new Envelope(position.epoch()), position.previous());
    return true;
  }

  @GuardedBy("this")
  private boolean isKnown() {
    return !window.envelope().isOf(Envelope.UNKNOWN.epoch());
  }

  /** Returns the last place that is known here, or null if none is. */
  synchronized @Nullable Place end() {
    return isKnown() ? Place.of(window.envelope(), window.lastOffset()) : null;
  }

  /** Takes what the broker has behind the {@link #end}, and tells the followers what is missing. */
  void take(HistoryPage page) {
    takeAll(page);
    relieveOthers();
  }

  private synchronized void takeAll(HistoryPage page) {
    if (ended || !isKnown()) {
      return;
    }
    if (!window.envelope().isOf(page.epoch())) {
      window.restart(new Envelope(page.epoch()), page.after());
      tell(page.after(), Note.EPOCH);
    } else if (page.after() > window.lastOffset()) {
      window.restart(window.envelope(), page.after());
      tell(page.after(), Note.TRIMMED);
    }
    for (KeptMessage each : page.messages()) {
      if (each.offset() > window.lastOffset()) {
        append(keptOf(each));
      }
    }
    window.messages().advance(page.through());
  }

  private Kept keptOf(KeptMessage message) {
    long now = clock.getAsLong();
    return message.isGap()
        ? Kept.gap(message.offset(), now)
        : new Kept(message.offset(), now, message.data());
  }

  /**
   * Returns what the broker has for a newcomer, up to what the members were sent already; or null
   * if the end here is older than that.
   */
  synchronized @Nullable Page pageOf(HistoryPage page, Recovery asked) {
    if (!isKnown()) {
      window.restart(new Envelope(page.epoch()), page.lastOffset());
    }
    long last = window.lastOffset();
    if (!window.envelope().isOf(page.epoch()) || page.after() > last) {
      return null;
    }
    List<Kept> found =
        page.messages().stream().filter(each -> each.offset() <= last).map(this::keptOf).toList();
    Envelope envelope = window.envelope();
    Place through = Place.of(envelope, Math.min(page.through(), last));
    return new Page(channel, envelope, noteOn(page, asked), found, through, false);
  }

  @GuardedBy("this")
  private @Nullable Payload noteOn(HistoryPage page, Recovery asked) {
    Envelope envelope = window.envelope();
    String epoch = asked.epoch();
    if (epoch == null) {
      return envelope.note(page.after(), Note.START);
    }
    if (!envelope.isOf(epoch) || asked.offset() > page.lastOffset()) {
      return envelope.note(page.after(), Note.EPOCH);
    }
    return page.after() == asked.offset() ? null : envelope.note(page.after(), Note.TRIMMED);
  }

  /**
   * Returns where a subscription begins, and what it is told of that; or null if the broker knows
   * and this server does not.
   */
  public synchronized @Nullable Place find(Recovery wanted) {
    Envelope envelope = window.envelope();
    String epoch = wanted.epoch();
    if (epoch == null) {
      boolean isHere = source == null || (isKnown() && window.messages().hasNewest(wanted.last()));
      return isHere ? placeOf(window.messages().before(wanted.last()), Note.START) : null;
    }
    if (envelope.isOf(epoch) && wanted.offset() <= window.lastOffset()) {
      return Place.of(envelope, wanted.offset());
    }
    KeptMessages messages = window.messages();
    long offset = isShared ? messages.lastOffset() : messages.droppedThrough();
    return source == null ? placeOf(offset, Note.EPOCH) : null;
  }

  @GuardedBy("this")
  private Place placeOf(long offset, Note note) {
    Envelope envelope = window.envelope();
    return new Place(envelope.epoch(), offset, envelope.note(offset, note));
  }

  /**
   * Returns what follows a place, or null if the broker has it and this server does not.
   *
   * @param atEnd is run if that is all, before anything else is kept
   */
  public synchronized @Nullable Page after(Place place, int byteLimit, Runnable atEnd) {
    window.dropOld(clock.getAsLong());
    Envelope envelope = window.envelope();
    KeptMessages messages = window.messages();
    long from = Math.max(place.offset(), messages.droppedThrough());
    boolean isHere = envelope.isOf(place.epoch()) && from == place.offset();
    if (source != null && !(isHere && from <= messages.lastOffset())) {
      return null;
    }
    Payload note = from == place.offset() ? null : envelope.note(from, Note.TRIMMED);
    List<Kept> found = messages.after(from, byteLimit);
    long last = messages.lastOffset();
    boolean isLast = found.isEmpty() || found.getLast().offset() == last;
    long through = isLast ? last : found.getLast().offset();
    if (isLast) {
      atEnd.run();
    }
    return new Page(channel, envelope, note, found, Place.of(envelope, through), isLast);
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
    return !window.isEmpty();
  }

  /** Drops all messages, because others need the memory. */
  synchronized void relieve() {
    window.clear();
    isRelieved = true;
  }

  /** Drops what is too old; returns whether nothing is left that anybody needs. */
  synchronized boolean expire() {
    long now = clock.getAsLong();
    boolean isUnused = usedAt - window.dropOld(now) < 0;
    if (followers.length > 0) {
      return false;
    }
    boolean isForNobody = source != null && now - usedAt > UNUSED_NANOS;
    return isForNobody || (window.isEmpty() && (isUnused || isRelieved));
  }

  /** Nothing is kept any more. */
  synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    window.clear();
    memory.changed(-bytesFor(channel));
  }
}
