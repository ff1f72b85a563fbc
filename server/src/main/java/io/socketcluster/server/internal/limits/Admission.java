// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import io.socketcluster.server.HandshakeRefusal;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The place of one connection among those that want to shake hands, and its part in the limits of
 * its address. {@link #over} and {@link #gone} may be called more than once. Thread-safe.
 */
public final class Admission {
  enum State {
    WAITING,
    IN_PROGRESS,
    OF_CLIENT,
    RETURNING,
    OVER
  }

  private final HandshakeGate gate;
  private final @Nullable InetAddress address;
  private final @Nullable AddressLimits limits;
  private final Executor loop;
  private volatile @Nullable Runnable turn; // until it is run: it holds the request
  volatile State state = State.OVER; // changed under the lock of the gate
  volatile @Nullable HandshakeRefusal refusal; // likewise
  private boolean left; // event loop only

  Admission(
      HandshakeGate gate,
      @Nullable InetAddress address,
      @Nullable AddressLimits limits,
      Executor loop,
      Runnable turn) {
    this.gate = gate;
    this.address = address;
    this.limits = limits;
    this.loop = loop;
    this.turn = turn;
  }

  /** Returns whether it has to wait: the task that it came with is run when that is over. */
  public boolean isWaiting() {
    return state == State.WAITING;
  }

  /** Returns why it may not shake hands, or null when it may or has to wait. */
  public @Nullable HandshakeRefusal refusal() {
    return refusal;
  }

  /** Returns the limits that it shares with others of its address, or null without any. */
  public @Nullable AddressLimits limits() {
    return limits;
  }

  Executor loop() {
    return loop;
  }

  @Nullable InetAddress address() {
    return address;
  }

  /** It does not wait: nothing will be run. */
  void forgetTurn() {
    turn = null;
  }

  /** What it waited for has happened; never runs the task at once, whoever calls. */
  void runTurn() {
    Runnable mine = turn;
    turn = null;
    if (mine == null) {
      return;
    }
    try {
      loop.execute(mine);
    } catch (RejectedExecutionException e) {
      over(); // the loop has ended, and with it the connection
    }
  }

  /** It has waited long enough: unless its turn has come it is refused. */
  public void expire() {
    gate.expire(this);
  }

  /** The upgrade is complete: until the client goes on, it keeps nobody waiting. */
  public void awaitClient() {
    gate.awaitClient(this);
  }

  /**
   * The client has asked for its handshake. Event loop only.
   *
   * @param next is run at once, or on the loop when as many as may are shaking hands
   */
  public void resume(Runnable next) {
    turn = next;
    if (gate.resume(this)) {
      turn = null;
      next.run();
    }
  }

  /** Its handshake is complete: another one has its turn. */
  public void over() {
    if (state != State.OVER) {
      gate.over(this);
    }
  }

  /** The connection is closed. Event loop only. */
  public void gone() {
    over();
    if (!left) {
      left = true;
      gate.leave(this);
    }
  }
}
