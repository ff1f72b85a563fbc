// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.limits.Admission.State;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many connections shake hands at a time; the others wait for their turn in the order in
 * which they came, up to a bound. So those that are there already do not notice when many come at
 * once. A connection whose client is to go on takes no time of the event loops: it counts only
 * until others wait, who are then let in by and by. Thread-safe.
 */
public final class HandshakeGate {
  /** How many of those that wait come in at a time past clients that do not go on. */
  static final int STEP = 16;

  private static final int FULL = -1;
  private static final int STEP_MILLIS = 1;

  private final int concurrency;
  private final int queueLimit;
  private final ServerObserver observer;
  private final AddressTable addresses;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private int inProgress;

  @GuardedBy("lock")
  private int ofClients;

  @GuardedBy("lock")
  private final LinkedHashSet<Admission> waiting = new LinkedHashSet<>();

  @GuardedBy("lock")
  private final LinkedHashSet<Admission> returning = new LinkedHashSet<>();

  @GuardedBy("lock")
  private boolean stepping;

  public HandshakeGate(AGServerOptions options, ServerObserver observer) {
    concurrency = options.handshakeConcurrency();
    queueLimit = options.handshakeQueueLimit();
    addresses = new AddressTable(options);
    this.observer = observer;
    time = options.timeSource();
  }

  /**
   * A connection wants to shake hands. What is returned tells whether it may, must wait or was
   * refused.
   *
   * @param loop runs {@code turn}
   * @param turn is run when the connection has waited: it may now, or it is refused
   */
  public Admission enter(@Nullable InetAddress address, Executor loop, Runnable turn) {
    long now = time.nanoTime();
    AddressLimits limits = addresses.enter(address, now);
    Admission admission = new Admission(this, address, limits, loop, turn);
    int queued = 0;
    if (limits != null && !limits.mayShakeHands(now)) {
      refuse(admission, HandshakeRefusal.RATE_LIMITED);
    } else {
      queued = place(admission);
    }
    if (queued > 0) {
      observer.handshakeQueued(queued);
    } else {
      admission.forgetTurn();
    }
    if (queued == FULL) {
      refuse(admission, HandshakeRefusal.QUEUE_FULL);
    }
    return admission;
  }

  /** Returns 0 when it may go on, how many wait with it when it waits, or that it cannot. */
  private int place(Admission admission) {
    lock.lock();
    try {
      if (waiting.isEmpty() && inProgress + ofClients < concurrency) {
        begin(admission);
        return 0;
      }
      if (waiting.size() < queueLimit) {
        admission.state = State.WAITING;
        waiting.add(admission);
        stepSoon();
        return waiting.size();
      }
      return FULL;
    } finally {
      lock.unlock();
    }
  }

  private void refuse(Admission admission, HandshakeRefusal why) {
    admission.refusal = why;
    observer.handshakeRefused(why, admission.address());
  }

  /** The server has done its part until the client goes on. */
  void awaitClient(Admission admission) {
    List<Admission> next = List.of();
    lock.lock();
    try {
      if (admission.state == State.IN_PROGRESS) {
        admission.state = State.OF_CLIENT;
        inProgress--;
        ofClients++;
        next = admitNext();
      }
    } finally {
      lock.unlock();
    }
    next.forEach(Admission::runTurn);
  }

  /** The client has gone on; returns whether the server may at once, before those that are new. */
  boolean resume(Admission admission) {
    lock.lock();
    try {
      if (admission.state != State.OF_CLIENT) {
        return true;
      }
      ofClients--;
      if (inProgress < concurrency) {
        begin(admission);
        return true;
      }
      admission.state = State.RETURNING;
      returning.add(admission);
      return false;
    } finally {
      lock.unlock();
    }
  }

  void over(Admission admission) {
    List<Admission> next = List.of();
    lock.lock();
    try {
      State before = admission.state;
      admission.state = State.OVER;
      switch (before) {
        case WAITING -> waiting.remove(admission);
        case RETURNING -> returning.remove(admission);
        case IN_PROGRESS -> inProgress--;
        case OF_CLIENT -> ofClients--;
        case OVER -> {}
      }
      next = admitNext();
    } finally {
      lock.unlock();
    }
    next.forEach(Admission::runTurn);
  }

  /** Those that have begun come first. */
  @GuardedBy("lock")
  private List<Admission> admitNext() {
    List<Admission> next = List.of();
    if (!returning.isEmpty() && inProgress < concurrency) {
      next = List.of(begin(returning.removeFirst()));
    } else if (!waiting.isEmpty() && inProgress + ofClients < concurrency) {
      next = List.of(begin(waiting.removeFirst()));
    }
    stepSoon();
    return next;
  }

  @GuardedBy("lock")
  private Admission begin(Admission admission) {
    admission.state = State.IN_PROGRESS;
    inProgress++;
    return admission;
  }

  /**
   * While clients do not go on, others come in past them: some in each turn of an event loop, so
   * that the sockets that are there have theirs.
   */
  @GuardedBy("lock")
  private void stepSoon() {
    if (!stepping && !waiting.isEmpty() && inProgress < concurrency) {
      stepping = true;
      Executor loop = waiting.getFirst().loop();
      CompletableFuture.delayedExecutor(
              STEP_MILLIS, TimeUnit.MILLISECONDS, step -> runOn(loop, step))
          .execute(this::step);
    }
  }

  private static void runOn(Executor loop, Runnable step) {
    try {
      loop.execute(step);
    } catch (RejectedExecutionException e) {
      step.run(); // the loop has ended, but others may not have
    }
  }

  private void step() {
    List<Admission> admitted = new ArrayList<>();
    lock.lock();
    try {
      stepping = false;
      while (admitted.size() < STEP && !waiting.isEmpty() && inProgress < concurrency) {
        admitted.add(begin(waiting.removeFirst()));
      }
      stepSoon();
    } finally {
      lock.unlock();
    }
    admitted.forEach(Admission::runTurn);
  }

  void expire(Admission admission) {
    lock.lock();
    try {
      if (admission.state != State.WAITING) {
        return;
      }
      admission.state = State.OVER;
      waiting.remove(admission);
    } finally {
      lock.unlock();
    }
    refuse(admission, HandshakeRefusal.WAITED_TOO_LONG);
    admission.runTurn();
  }

  /** Nobody has to wait any more: the server closes, and tells those who do. */
  public void open() {
    List<Admission> admitted = new ArrayList<>();
    lock.lock();
    try {
      for (Admission each : returning) {
        admitted.add(begin(each));
      }
      for (Admission each : waiting) {
        admitted.add(begin(each));
      }
      returning.clear();
      waiting.clear();
    } finally {
      lock.unlock();
    }
    admitted.forEach(Admission::runTurn);
  }

  void leave(Admission admission) {
    InetAddress address = admission.address();
    AddressLimits limits = admission.limits();
    if (address != null && limits != null) {
      addresses.leave(address, limits, time.nanoTime());
    }
  }

  /** Returns how many wait. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
