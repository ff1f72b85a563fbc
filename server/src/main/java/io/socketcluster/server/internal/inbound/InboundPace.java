// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.netty.channel.EventLoop;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.limits.AddressLimits;
import io.socketcluster.server.internal.limits.Admission;
import io.socketcluster.server.internal.limits.TokenBucket;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.wire.Wire;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a socket that sends more than it may back to its rates: after a packet too many nothing is
 * read nor dispatched until its token is there. Nothing is lost, and TCP holds the client back.
 * Event loop only.
 */
public final class InboundPace {
  /** Told what is done to the client. */
  public interface Observer {
    /** It is not read. */
    void onHeldBack();

    /** It is read again. */
    void onReleased();
  }

  private static final long LONGEST_LOOK = TimeUnit.SECONDS.toNanos(1);

  /** A pause for each token would cost more than what it holds back. */
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

  private static final int READ_BYTES = 16_384;

  private final EventLoop loop;
  private final TimeSource time;
  private final InboundOrder order;
  private final Wire connection;
  private final Observer observer;
  private final TokenBucket messages;
  private final @Nullable TokenBucket subscribes;
  private final @Nullable AddressLimits address;
  private boolean paused;
  private long until; // while it is paused

  /**
   * Makes the pace of a socket.
   *
   * @param observer is told each time that it is held back
   */
  public InboundPace(
      AGServerOptions options,
      EventLoop loop,
      InboundOrder order,
      Wire connection,
      Observer observer) {
    this.loop = loop;
    this.time = options.timeSource();
    this.order = order;
    this.connection = connection;
    this.observer = observer;
    Admission admission = connection.admission();
    address = admission == null ? null : admission.limits();
    long now = time.nanoTime();
    messages = new TokenBucket(options.socketMessageRate(), now);
    subscribes = AddressLimits.bucket(options.socketSubscribeRate(), now);
  }

  /** Returns whether the client is not read: it cannot be heard. */
  public boolean isPaused() {
    return paused;
  }

  /** A packet was dispatched. */
  public void dispatched(Packet packet) {
    LoopTasks.check(loop);
    long now = time.nanoTime();
    long wait = waitForMessage(now);
    if (packet instanceof EventPacket event && event.event().equals(ReservedEvents.SUBSCRIBE)) {
      wait = Math.max(wait, Math.max(take(subscribes, now), take(subscribesOfAddress(), now)));
    }
    pauseFor(wait, now);
  }

  /** Something came that has no packet: it has a price too. */
  public void heard() {
    long now = time.nanoTime();
    pauseFor(waitForMessage(now), now);
  }

  /** A message was inflated: each piece of the size of a read has the price of a message. */
  public void inflated(int bytes) {
    LoopTasks.check(loop);
    int price = bytes / READ_BYTES;
    if (price > 0) {
      long now = time.nanoTime();
      TokenBucket shared = messagesOfAddress();
      long ofAddress = shared == null ? 0 : shared.take(now, price);
      pauseFor(Math.max(messages.take(now, price), ofAddress), now);
    }
  }

  private @Nullable TokenBucket messagesOfAddress() {
    return address == null ? null : address.messages();
  }

  private @Nullable TokenBucket subscribesOfAddress() {
    return address == null ? null : address.subscribes();
  }

  private long waitForMessage(long now) {
    return Math.max(messages.take(now), take(messagesOfAddress(), now));
  }

  private static long take(@Nullable TokenBucket bucket, long now) {
    return bucket == null ? 0 : bucket.take(now);
  }

  private void pauseFor(long missing, long now) {
    if (missing <= 0) {
      return;
    }
    long wait = Math.max(missing, SHORTEST_PAUSE);
    until = paused && until - now > wait ? until : now + wait;
    if (!paused) {
      paused = true;
      order.hold();
      connection.setPaced(true);
      schedule(wait);
      observer.onHeldBack();
    }
  }

  /** Looks again after a second at most: a socket that has closed is not kept for longer. */
  private void schedule(long wait) {
    time.schedule(loop, Duration.ofNanos(Math.min(wait, LONGEST_LOOK)), this::resume);
  }

  private void resume() {
    long left = until - time.nanoTime();
    if (left > 0 && !order.isStopped()) {
      schedule(left);
      return;
    }
    paused = false;
    connection.setPaced(false);
    observer.onReleased();
    order.release();
  }
}
