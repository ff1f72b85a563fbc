// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.LoadObserver;
import io.socketcluster.server.internal.limits.Admission.State;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many connections shake hands at a time; the others wait for their turn in the order in
 * which they came, up to a bound. So those that are there already do not notice when many come at
 * once. Thread-safe.
 */
public final class HandshakeGate {
  private static final int FULL = -1;

  private final int concurrency;
  private final int queueLimit;
  private final LoadObserver observer;
  private final AddressTable addresses;
  private final ReentrantLock lock = new ReentrantLock();
  private int inProgress; // guarded by lock
  private final LinkedHashSet<Admission> waiting = new LinkedHashSet<>(); // guarded by lock

  public HandshakeGate(AGServerOptions options, LoadObserver observer) {
    concurrency = options.handshakeConcurrency();
    queueLimit = options.handshakeQueueLimit();
    addresses = new AddressTable(options);
    this.observer = observer;
  }

  /**
   * A connection wants to shake hands. What is returned tells whether it may, must wait or was
   * refused.
   *
   * @param loop runs {@code turn}
   * @param turn is run when the connection has waited: it may now, or it is refused
   */
  public Admission enter(@Nullable InetAddress address, Executor loop, Runnable turn) {
    long now = System.nanoTime();
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
      if (inProgress < concurrency) {
        inProgress++;
        admission.state = State.IN_PROGRESS;
        return 0;
      }
      if (waiting.size() < queueLimit) {
        admission.state = State.WAITING;
        waiting.add(admission);
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

  void over(Admission admission) {
    Admission next = null;
    lock.lock();
    try {
      State before = admission.state;
      admission.state = State.OVER;
      if (before == State.WAITING) {
        waiting.remove(admission);
      } else if (before == State.IN_PROGRESS) {
        inProgress--;
        next = waiting.isEmpty() ? null : admitNext();
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.runTurn();
    }
  }

  private Admission admitNext() {
    Admission next = waiting.removeFirst();
    next.state = State.IN_PROGRESS;
    inProgress++;
    return next;
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
      while (!waiting.isEmpty()) {
        admitted.add(admitNext());
      }
    } finally {
      lock.unlock();
    }
    admitted.forEach(Admission::runTurn);
  }

  void leave(Admission admission) {
    InetAddress address = admission.address();
    AddressLimits limits = admission.limits();
    if (address != null && limits != null) {
      addresses.leave(address, limits, System.nanoTime());
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
