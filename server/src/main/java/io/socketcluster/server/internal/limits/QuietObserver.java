// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.LoadObserver;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what an observer throws away from the event loops. Thread-safe. */
public final class QuietObserver implements LoadObserver {
  private static final Logger LOG = LoggerFactory.getLogger(QuietObserver.class);

  private final LoadObserver observer;

  private QuietObserver(LoadObserver observer) {
    this.observer = observer;
  }

  /** Returns what tells an observer; {@link LoadObserver#NONE} stays what it is. */
  public static LoadObserver of(LoadObserver observer) {
    return observer.equals(LoadObserver.NONE) ? observer : new QuietObserver(observer);
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

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      LOG.debug("The load observer failed", e); // clients can make it be called without end
    }
  }
}
