// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.LinkEvents;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The seats of this server at all brokers. When brokers join or leave, a channel that moves is
 * subscribed at its new broker before it leaves the old one, and publishes to it wait until the
 * other workers have followed. Thread-safe.
 *
 * <p>The lock is held for moments only, and nobody is called back under it.
 */
final class BrokerSeats implements BrokerSeat.Listener {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
  private static final String NO_BROKER = "The SCC cluster has no broker";
  private static final int STAYS = 4; // times the moveDelay, after the move

  private final SccOptions options;
  private final String instanceId;
  private final LinkEvents engine;
  private final Standing standing;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Set<String> wanted = new HashSet<>();

  @GuardedBy("lock")
  private final Map<String, BrokerSeat> open = new HashMap<>();

  @GuardedBy("lock")
  private @Nullable Move move;

  @GuardedBy("lock")
  private boolean closed;

  private volatile Layout layout = Layout.EMPTY; // written under the lock

  BrokerSeats(SccOptions options, String instanceId, LinkEvents engine) {
    this.options = options;
    this.instanceId = instanceId;
    this.engine = engine;
    this.standing = new Standing(engine);
  }

  void want(String channel) {
    lock.lock();
    try {
      wanted.add(channel);
      BrokerSeat seat = layout.seatOf(channel);
      if (seat != null) {
        seat.link().want(channel);
      }
    } finally {
      lock.unlock();
    }
  }

  void unwant(String channel) {
    lock.lock();
    try {
      wanted.remove(channel);
      open.values().forEach(seat -> seat.link().unwant(channel));
    } finally {
      lock.unlock();
    }
  }

  CompletableFuture<Void> confirmation(String channel) {
    BrokerSeat seat = layout.seatOf(channel);
    return seat == null ? DONE : seat.link().confirmation(channel);
  }

  CompletableFuture<Void> publish(ClusterMessage message) {
    lock.lock();
    try {
      Move current = move;
      return current != null && current.has(message.channel(), layout)
          ? current.hold(message)
          : send(message);
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<Void> send(ClusterMessage message) {
    BrokerSeat seat = layout.seatOf(message.channel());
    return seat == null
        ? CompletableFuture.failedFuture(new BrokerError(NO_BROKER))
        : seat.publish(message);
  }

  /** The brokers of the cluster have changed. Called by one thread at a time. */
  void setBrokers(List<String> uris) {
    List<String> brokers =
        options.mapping() == SccMapping.SIMPLE ? uris : uris.stream().distinct().sorted().toList();
    if (brokers.equals(layout.brokers())) {
      return;
    }
    lock.lock();
    try {
      if (!closed) {
        moveTo(brokers);
      }
    } finally {
      lock.unlock();
    }
    look();
  }

  @GuardedBy("lock")
  private void moveTo(List<String> brokers) {
    Layout before = layout;
    Map<String, BrokerSeat> seats = new HashMap<>();
    for (String uri : brokers) {
      seats.put(uri, open.computeIfAbsent(uri, this::opened));
    }
    Layout after = new Layout(options.mapping().mapper(brokers), brokers, seats);
    layout = after;
    List<String> moved = new ArrayList<>();
    for (String channel : wanted) {
      BrokerSeat seat = after.seatOf(channel);
      if (seat != before.seatOf(channel)) {
        moved.add(channel);
      }
      if (seat != null) {
        seat.link().want(channel);
      }
    }
    if (!before.seats().isEmpty()) {
      begin(before, after, moved);
    }
  }

  private BrokerSeat opened(String uri) {
    BrokerSeat seat = new BrokerSeat(uri, options, instanceId, this, engine);
    seat.link().start();
    return seat;
  }

  @GuardedBy("lock")
  private void begin(Layout before, Layout after, List<String> moved) {
    Move current = move;
    if (current == null) {
      current = new Move(before, Instant.now(), options.limits());
      move = current;
    }
    if (!moved.isEmpty()) {
      current.felt();
    }
    Move begun = current;
    int round = current.nextRound();
    settled(before, after, moved).thenRunAsync(() -> end(begun, round));
  }

  /**
   * Completes when moved channels are in force at their new brokers, the old ones have answered
   * everything, and the other workers have had time; at the latest after the limit of the engine.
   */
  private CompletableFuture<Void> settled(Layout before, Layout after, List<String> moved) {
    CompletableFuture<Void> subscribed =
        all(after.seats().stream().map(BrokerSeat::attempted))
            .thenCompose(done -> all(moved.stream().map(this::confirmation)));
    CompletableFuture<Void> answered = all(before.seats().stream().map(BrokerSeat::answered));
    CompletableFuture<Void> whole =
        CompletableFuture.allOf(subscribed, answered)
            .exceptionally(refused -> null)
            .completeOnTimeout(null, options.limits().timeout().toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Void> others =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, options.moveDelay().toMillis(), TimeUnit.MILLISECONDS);
    return CompletableFuture.allOf(whole, others);
  }

  private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
  }

  private void end(Move ended, int round) {
    List<Runnable> answers;
    lock.lock();
    try {
      if (move != ended || !ended.isIn(round)) {
        return;
      }
      answers = ended.end(this::send);
      move = null;
    } finally {
      lock.unlock();
    }
    answers.forEach(Runnable::run);
    if (ended.isFelt() && standing.isWhole()) {
      engine.dropped("Channels have moved to other brokers of the cluster", ended.since());
    }
    look();
    CompletableFuture.delayedExecutor(STAYS * options.moveDelay().toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::leaveOldBrokers);
  }

  /** Ends the subscriptions of channels that have moved, and the links to brokers that are gone. */
  private void leaveOldBrokers() {
    List<BrokerSeat> left = new ArrayList<>();
    lock.lock();
    try {
      if (move != null || closed) {
        return; // the move does it, at its own end
      }
      for (BrokerSeat seat : List.copyOf(open.values())) {
        if (layout.has(seat)) {
          leaveMoved(seat);
        } else {
          open.remove(seat.uri());
          left.add(seat);
        }
      }
    } finally {
      lock.unlock();
    }
    left.forEach(seat -> seat.link().close());
  }

  @GuardedBy("lock")
  private void leaveMoved(BrokerSeat seat) {
    for (String channel : wanted) {
      if (layout.seatOf(channel) != seat) {
        seat.link().unwant(channel);
      }
    }
  }

  @Override
  public void connected(BrokerSeat seat) {
    look();
  }

  @Override
  public void failed(BrokerSeat seat, BrokerError reason) {
    boolean isTold = look();
    if (!isTold && layout.has(seat)) {
      engine.notConnected(reason);
    }
  }

  /** Looks whether the seats are whole; returns whether that has changed. */
  private boolean look() {
    return standing.update(() -> problem(standing.isWhole()));
  }

  /** Returns what is missing. A broker that has just come and a move do not end what was whole. */
  private @Nullable Problem problem(boolean whole) {
    lock.lock();
    try {
      if (layout.seats().isEmpty()) {
        return Problem.of(NO_BROKER);
      }
      for (BrokerSeat seat : layout.seats()) {
        if (!seat.isConnected() && !(whole && !seat.attempted().isDone())) {
          return seat.failure();
        }
      }
      return whole || move == null ? null : Problem.of(NO_BROKER);
    } finally {
      lock.unlock();
    }
  }

  CompletableFuture<Void> close() {
    List<Runnable> answers = List.of();
    Collection<BrokerSeat> all;
    lock.lock();
    try {
      closed = true;
      if (move != null) {
        answers = move.end(this::send);
        move = null;
      }
      all = List.copyOf(open.values());
    } finally {
      lock.unlock();
    }
    answers.forEach(Runnable::run);
    return all(all.stream().map(seat -> seat.link().close()));
  }
}
