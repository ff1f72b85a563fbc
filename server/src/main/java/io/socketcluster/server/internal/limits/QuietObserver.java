// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.ServerObserver;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Keeps what an observer throws away from the event loops. Thread-safe. */
public final class QuietObserver implements ServerObserver {
  private final ServerObserver observer;
  private final FailureLog log;

  private QuietObserver(ServerObserver observer, FailureLog log) {
    this.observer = observer;
    this.log = log;
  }

  /** Returns what tells an observer; {@link ServerObserver#NONE} stays what it is. */
  public static ServerObserver of(ServerObserver observer, FailureLog log) {
    return observer.equals(ServerObserver.NONE) ? observer : new QuietObserver(observer, log);
  }

  @Override
  public void connectionOpened(AGServerSocket socket) {
    tell(() -> observer.connectionOpened(socket));
  }

  @Override
  public void handshakeCompleted(AGServerSocket socket) {
    tell(() -> observer.handshakeCompleted(socket));
  }

  @Override
  public void connectionClosed(AGServerSocket socket, int code) {
    tell(() -> observer.connectionClosed(socket, code));
  }

  @Override
  public void messageReceived(AGServerSocket socket, int bytes) {
    tell(() -> observer.messageReceived(socket, bytes));
  }

  @Override
  public void messageSent(AGServerSocket socket, int bytes) {
    tell(() -> observer.messageSent(socket, bytes));
  }

  @Override
  public void callAnswered(AGServerSocket socket, String procedure, long nanos, boolean isError) {
    tell(() -> observer.callAnswered(socket, procedure, nanos, isError));
  }

  @Override
  public void invokeCompleted(AGServerSocket socket, String event, long nanos, boolean isError) {
    tell(() -> observer.invokeCompleted(socket, event, nanos, isError));
  }

  @Override
  public void published(AGServerSocket socket, String channel) {
    tell(() -> observer.published(socket, channel));
  }

  @Override
  public void publishDelivered(String channel, int sockets, int bytes) {
    tell(() -> observer.publishDelivered(channel, sockets, bytes));
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
  public void requestRefused(@Nullable InetAddress clientAddress) {
    tell(() -> observer.requestRefused(clientAddress));
  }

  @Override
  public void rateLimited(AGServerSocket socket) {
    tell(() -> observer.rateLimited(socket));
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      log.log("The server observer failed", e); // no event: those are observed, too
    }
  }
}
