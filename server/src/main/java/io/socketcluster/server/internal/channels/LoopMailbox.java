// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.netty.channel.EventLoop;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.channels.LoopChannel.Delivery;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The deliveries on their way to the sockets of one event loop, in the order in which the broker
 * made them. They wait for the reads of the loop's turn, so that what was published meanwhile is
 * delivered together. Event loop only, but for {@link #post}.
 */
public final class LoopMailbox {
  private static final int DELIVERIES_PER_TURN = 128;

  /** After so many publishes of its own sockets the loop delivers before it reads on. */
  private static final int OWN_PUBLISHES = 64;

  /** Long work is charged for its deliveries while it runs. */
  private static final int LENT_PUBLISHES = 8;

  private final EventLoop eventLoop;
  private final LoopTurns turns;
  private final ServerObserver observer;
  private final Queue<Posted> posted = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Runnable> afterwards = new ArrayDeque<>();
  private int ownPublishes;

  /** Somebody will drain it. */
  private final AtomicBoolean drainScheduled = new AtomicBoolean();

  /** What lies in the mailbox. */
  public sealed interface Posted permits Delivery, LoopChannel.Note, Mark {}

  /** A place in the mailbox: there until the event loop has delivered up to it. */
  private enum Mark implements Posted {
    HERE
  }

  public LoopMailbox(EventLoop eventLoop, LoopTurns turns, ServerObserver observer) {
    this.eventLoop = eventLoop;
    this.turns = turns;
    this.observer = observer;
  }

  /** Takes a delivery. Any thread; the order of the calls is kept. */
  public void post(Posted delivery) {
    posted.add(delivery);
    if (drainScheduled.compareAndSet(false, true)) {
      try {
        eventLoop.execute(this::drain);
      } catch (RejectedExecutionException e) {
        discard(); // the loop has ended, its sockets are closed
      }
    }
  }

  /** A socket of this loop has published. */
  void ownPublish() {
    if (++ownPublishes >= (turns.isLending() ? LENT_PUBLISHES : OWN_PUBLISHES)) {
      ownPublishes = 0;
      deliverPending();
    }
  }

  /** Runs a task once all that is here now has been delivered. */
  void afterDeliveries(Runnable task) {
    if (posted.isEmpty()) {
      task.run();
    } else {
      afterwards.add(task);
    }
  }

  /** Delivers what has been posted so far. */
  public void deliverPending() {
    if (!posted.isEmpty() || !afterwards.isEmpty()) {
      mark(); // others may post without end
      deliverToMark();
    }
  }

  /** Notes the place behind everything that was posted before. */
  void mark() {
    posted.add(Mark.HERE);
  }

  /** Delivers what was posted before {@link #mark}. */
  void deliverToMark() {
    deliver(Integer.MAX_VALUE);
  }

  /** Delivers what there is, but not for ever: the loop has sockets to read. */
  private void drain() {
    drainScheduled.set(false); // first: what is posted from now on schedules again
    try {
      if (afterwards.isEmpty()) {
        deliver(DELIVERIES_PER_TURN);
      } else {
        deliverPending();
      }
    } finally {
      drainLaterIfNeeded();
    }
  }

  /** As a scheduled task, which has its turn after the reads; plain tasks come before them. */
  private void drainLaterIfNeeded() {
    boolean isDone = posted.isEmpty() && afterwards.isEmpty();
    if (!isDone && drainScheduled.compareAndSet(false, true)) {
      eventLoop.schedule(this::drain, 0, TimeUnit.NANOSECONDS);
    }
  }

  private void deliver(int limit) {
    ownPublishes = 0;
    DeliveryRun run = new DeliveryRun(observer);
    try {
      Posted next = posted.poll();
      for (int i = 1; next != null && next != Mark.HERE; i++) {
        deliver(next, run);
        next = i < limit ? posted.poll() : null;
      }
    } finally {
      finish(run);
    }
  }

  private void finish(DeliveryRun run) {
    try {
      run.send(); // also what was taken when sending another channel's has failed
    } finally {
      runAfterwards();
    }
  }

  private static void deliver(Posted next, DeliveryRun run) {
    if (next instanceof Delivery delivery) {
      run.add(delivery);
    } else if (next instanceof LoopChannel.Note note) {
      run.send(); // what comes before it
      note.channel().send(note);
    }
  }

  private void runAfterwards() {
    Runnable task = afterwards.poll();
    while (task != null) {
      task.run();
      task = afterwards.poll();
    }
  }

  /** Releases what was never delivered; the loop is about to end. */
  public void discard() {
    Posted next = posted.poll();
    while (next != null) {
      if (next instanceof Delivery delivery) {
        delivery.release();
      }
      next = posted.poll();
    }
  }
}
