// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.events;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.core.streams.FailureReports;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Emits what happens to a socket, on the socket and on its channels. While events are paused they
 * wait and keep their order. Event loop only, except for failures.
 */
public final class ClientEvents implements FailureReports {
  private final AGClientSocket socket;
  private final SocketLoop loop;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean isPaused;
  private volatile @Nullable FailureLog log; // created by the first failure that nobody hears

  public ClientEvents(AGClientSocket socket, SocketLoop loop) {
    this.socket = socket;
    this.loop = loop;
  }

  /** Emits an event of the socket. */
  public <E> void emit(EventName<E> event, E data) {
    emit(() -> socket.emit(event, data));
  }

  /** Emits an event of a channel. */
  public <E extends ChannelEvent> void emitOnChannel(EventName<E> event, E data) {
    emit(() -> socket.emitChannelEvent(event, data));
  }

  private void emit(Runnable event) {
    loop.check();
    if (isPaused) {
      waiting.add(event);
    } else {
      event.run();
    }
  }

  /** Returns whether anybody listens to an event. Any thread. */
  public boolean isHeard(EventName<?> event) {
    return socket.getListenerConsumerCount(event.name()) > 0;
  }

  /** Lets events wait until {@link #resume}. */
  public void pause() {
    loop.check();
    isPaused = true;
  }

  /** Emits the events that wait. */
  public void resume() {
    loop.check();
    isPaused = false;
    List<Runnable> events = List.copyOf(waiting);
    waiting.clear();
    events.forEach(this::emit);
  }

  /** Emits an error. Any thread; only on the event loop it has its place among the events. */
  @Override
  public void error(Throwable error) {
    ConnectionEvent.Failure failure = new ConnectionEvent.Failure(error);
    if (loop.isCurrent()) {
      emit(AGClientSocket.ERROR, failure);
    } else {
      socket.emit(AGClientSocket.ERROR, failure);
    }
  }

  @Override
  public void failed(String event, Throwable failure) {
    boolean isHeard = isHeard(AGClientSocket.ERROR);
    error(failure);
    if (!isHeard || FailureLog.isSevere(failure)) {
      unheard(event, failure);
    }
  }

  @Override
  public void unheard(String event, Throwable failure) {
    FailureLog present = log;
    if (present == null) {
      synchronized (this) {
        present = log == null ? new FailureLog() : log;
        log = present;
      }
    }
    present.log(event, failure);
  }
}
