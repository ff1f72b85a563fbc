// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.internal.transport.listening.ListeningPort;
import io.socketcluster.stream.StreamDemux;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Listening and closing, one call at a time. Thread-safe. */
final class ServerLifecycle {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final ServerEntry entry;
  private final ServerSockets sockets;
  private final ServerLoops loops;
  private final ServingState serving;
  private final StreamDemux<Object> listeners;
  private final Drain drain;
  private final ReentrantLock lock = new ReentrantLock(); // listen() and close(), one by one
  private final AtomicReference<@Nullable ListeningPort> port = new AtomicReference<>();

  @GuardedBy("lock")
  private @Nullable CompletableFuture<Void> closed;

  ServerLifecycle(
      ServerEntry entry,
      ServerSockets sockets,
      ServerLoops loops,
      ServingState serving,
      StreamDemux<Object> listeners) {
    this.entry = entry;
    this.sockets = sockets;
    this.loops = loops;
    this.serving = serving;
    this.listeners = listeners;
    this.drain = new Drain(sockets.options(), sockets.registry(), entry.connections());
  }

  void listen(int wanted) {
    lock.lock();
    try {
      if (serving.isClosing() || port.get() != null) {
        throw new InvalidActionError("The server is listening already or closed");
      }
      sockets.connectionEvents().retainForLateConsumers();
      port.set(ListeningPort.bind(wanted, entry));
    } finally {
      lock.unlock();
    }
    serving.listening();
  }

  /** Returns the port that is bound, or -1. */
  int port() {
    ListeningPort bound = port.get();
    return bound == null ? -1 : bound.port();
  }

  CompletableFuture<Void> close() {
    lock.lock();
    try {
      CompletableFuture<Void> already = closed;
      if (already == null) {
        already = closeNow();
        closed = already;
      }
      return already.copy();
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<Void> closeNow() {
    serving.closing();
    ListeningPort bound = port.get();
    return CompletableFuture.runAsync(
            () -> drain.run(() -> stopAccepting(bound)), ApplicationThreads.EXECUTOR)
        .thenCompose(done -> bound == null ? DONE : bound.stopListening())
        .thenComposeAsync(
            done -> {
              drain.cut(); // one that came while the port was being closed
              return bound == null ? DONE : bound.shutDown();
            },
            ApplicationThreads.EXECUTOR)
        .thenRunAsync(this::cleanUp, ApplicationThreads.EXECUTOR)
        .thenCompose(done -> serving.closeBroker());
  }

  /** Lets every loop over a stream of this server end, after its backlog. */
  private void cleanUp() {
    serving.leave();
    loops.end();
    listeners.endAfterBacklog();
    listeners.release();
    entry.close();
  }

  /** A port that others share goes to them now; else it stays, to say that this server closes. */
  private void stopAccepting(@Nullable ListeningPort bound) {
    serving.refusing();
    entry.refuseAll();
    if (bound != null && sockets.options().reusePort()) {
      bound.stopListening().join();
    }
  }
}
