// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.netty.channel.EventLoop;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.channels.LoopChannel.Delivery;
import io.socketcluster.server.internal.history.BrokerHistory;
import io.socketcluster.server.internal.history.ChannelHistory;
import io.socketcluster.server.internal.history.Kept;
import io.socketcluster.server.internal.history.Page;
import io.socketcluster.server.internal.history.Place;
import io.socketcluster.server.internal.history.Recovery;
import io.socketcluster.server.internal.loop.LoopTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a newcomer what a history has for it, then makes it a member of its channel. The history
 * marks the mailbox at its end under its lock: what is in front of the mark was sent here, what
 * comes behind it is sent to the member. Event loop only.
 */
final class CatchUp {
  /** Limits the bytes that are sent in one turn of the event loop. */
  private static final int LARGEST_PAGE = 65_536;

  /** Above that the client has to read first. */
  private static final int MOST_PENDING = 262_144;

  /** Of what may wait for the client: a page, what waits already, and what others send. */
  private static final int PART_OF_LIMIT = 4;

  private static final int FIRST_PAUSE_MILLIS = 5;
  private static final int LONGEST_PAUSE_MILLIS = 500;

  /** From the broker's confirmation: a client waits ten seconds. What is late comes behind it. */
  private static final int ANSWERED_WITHIN_MILLIS = 3_000;

  private final LoopChannel.Membership newcomer;
  private final LoopChannel channel;
  private final ChannelHistory history;
  private final EventLoop loop;
  private final LoopMailbox mailbox;
  private final int pageBytes;
  private final int mostPending;
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private @Nullable Place place; // null until the broker has told it
  private Recovery first = Recovery.FROM_NOW;
  private int pauseMillis = FIRST_PAUSE_MILLIS;

  /**
   * @param outboundLimit how many bytes may wait for a client before it counts as too slow
   */
  CatchUp(LoopChannel.Membership newcomer, EventLoop loop, LoopMailbox mailbox, int outboundLimit) {
    this.newcomer = newcomer;
    this.channel = newcomer.channel();
    this.history = Objects.requireNonNull(channel.history(), "history");
    this.loop = loop;
    this.mailbox = mailbox;
    this.pageBytes = Math.min(LARGEST_PAGE, outboundLimit / PART_OF_LIMIT);
    this.mostPending = Math.min(MOST_PENDING, outboundLimit / PART_OF_LIMIT);
  }

  /** Begins when the broker has confirmed the history; the future fails if the broker does. */
  CompletableFuture<Void> start(Recovery recovery) {
    history
        .subscribed()
        .whenComplete((done, failure) -> LoopTasks.run(loop, () -> subscribed(recovery, failure)));
    return sent;
  }

  private void subscribed(Recovery recovery, @Nullable Throwable failure) {
    if (failure != null) {
      sent.completeExceptionally(failure);
      return;
    }
    first = recovery;
    place = history.find(recovery);
    note(place == null ? null : place.note());
    sendPage();
    if (!sent.isDone()) {
      loop.schedule(() -> sent.complete(null), ANSWERED_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void note(@Nullable Payload note) {
    if (note != null) {
      newcomer.sendNote(note);
    }
  }

  private void sendPage() {
    if (newcomer.hasLeft()) {
      sent.complete(null);
      return;
    }
    Place reached = place;
    Page page = reached == null ? null : history.after(reached, pageBytes, mailbox::mark);
    if (page == null) {
      askBroker(reached == null ? first : new Recovery(reached.epoch(), reached.offset(), 0));
      return;
    }
    if (page.isLast()) {
      mailbox.deliverToMark(); // those who are members already are sent the same
    }
    send(page);
    if (page.isLast()) {
      channel.admit(newcomer);
      sent.complete(null);
    } else {
      continueLater();
    }
  }

  /** The broker has what is not here. */
  private void askBroker(Recovery asked) {
    BrokerHistory source = Objects.requireNonNull(history.source(), "source");
    source
        .read(asked, pageBytes)
        .exceptionally(failure -> Optional.empty()) // it is asked until it answers
        .thenAccept(page -> LoopTasks.run(loop, () -> answered(page)));
  }

  private void answered(Optional<Page> page) {
    if (page.isPresent() && !newcomer.hasLeft()) {
      send(page.get());
      continueLater();
    } else {
      loop.schedule(this::sendPage, pauseMillis, TimeUnit.MILLISECONDS);
      pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
    }
  }

  private void continueLater() {
    if (newcomer.writer().pendingBytes() < mostPending) {
      pauseMillis = FIRST_PAUSE_MILLIS;
      loop.schedule(this::sendPage, 0, TimeUnit.NANOSECONDS); // behind the reads of this turn
    } else {
      sent.complete(null); // later packets of the socket do not wait for its reads
      loop.schedule(this::continueIfRead, pauseMillis, TimeUnit.MILLISECONDS);
      pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
    }
  }

  private void continueIfRead() {
    if (newcomer.hasLeft()) {
      sendPage();
    } else {
      continueLater();
    }
  }

  private void send(Page page) {
    note(page.note());
    List<Delivery> run = new ArrayList<>(page.messages().size());
    try {
      for (Kept each : page.messages()) {
        if (each.isGap()) {
          flush(run);
          note(page.noteOf(each));
        } else {
          add(page, each, run);
        }
      }
      flush(run);
    } finally {
      run.forEach(Delivery::release);
    }
    place = page.through();
  }

  /** A message that a codec cannot encode is left out, as it is for the members. */
  private void add(Page page, Kept kept, List<Delivery> run) {
    try {
      run.add(delivery(page, kept));
    } catch (RuntimeException | Error e) { // of a codec of the application's own
      history.failed(e);
    }
  }

  private Delivery delivery(Page page, Kept kept) {
    return channel.pastDelivery(kept.data(), data -> page.around(kept, data));
  }

  private void flush(List<Delivery> run) {
    if (!run.isEmpty()) {
      channel.send(newcomer, run);
      run.forEach(Delivery::release);
      run.clear();
    }
  }
}
