// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.LoadObserver;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Keeps what an observer throws away from the event loops. Thread-safe. */
public final class QuietObserver implements LoadObserver {
  private final LoadObserver observer;
  private final FailureLog log;

  private QuietObserver(LoadObserver observer, FailureLog log) {
    this.observer = observer;
    this.log = log;
  }

  /** Returns what tells an observer; {@link LoadObserver#NONE} stays what it is. */
  public static LoadObserver of(LoadObserver observer, FailureLog log) {
    return observer.equals(LoadObserver.NONE) ? observer : new QuietObserver(observer, log);
  }

  @Override
  public void publishDropped(AGServerSocket socket, int bytes) {
    tell(() -> observer.publishDropped(socket, bytes));
  }

  @Override
  public void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {
    tell(() -> observer.slowConsumerClosed(socket, waitingBytes));
  }

  @Override
  public void outboundWaiting(AGServerSocket socket, int messages, long bytes) {
    tell(() -> observer.outboundWaiting(socket, messages, bytes));
  }

  @Override
  public void memoryLimited(AGServerSocket socket, long heldBytes) {
    tell(() -> observer.memoryLimited(socket, heldBytes));
  }

  @Override
  public void handshakeQueued(int waiting) {
    tell(() -> observer.handshakeQueued(waiting));
  }

  @Override
  public void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {
    tell(() -> observer.handshakeRefused(why, clientAddress));
  }

  @Override
  public void rateLimited(AGServerSocket socket) {
    tell(() -> observer.rateLimited(socket));
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      log.log("The load observer failed", e); // no event: those are observed, too
    }
  }
}
